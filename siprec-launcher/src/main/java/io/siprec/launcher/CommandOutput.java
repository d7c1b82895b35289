package io.siprec.launcher;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says to a person. */
final class CommandOutput {
    private CommandOutput() {}

    static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    /** Says why the command failed, behind all that it said before; the exit code for that. */
    static int fail(CommandSpec spec, String text) {
        out(spec).flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + text);
        err.flush();
        return 1;
    }
}
