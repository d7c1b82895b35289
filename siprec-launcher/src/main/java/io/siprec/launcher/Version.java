package io.siprec.launcher;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs. */
final class Version implements IVersionProvider {
    /** As in the jar's manifest; "development" when the classes run from elsewhere. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"siprec " + text(), "Java " + Runtime.version()};
    }
}
