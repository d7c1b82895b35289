package io.siprec.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code siprec}: without a command it serves. */
@Command(
        name = "siprec",
        description = "A SIPREC session recording server (RFC 7865, RFC 7866).",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ServeCommand.class, CallCommand.class, RenderCommand.class, CommandLine.HelpCommand.class},
        footerHeading = "%nSettings are environment variables, see docs/configuration.md:%n",
        footer = {
            "  SIP_HOST PORTS RTP_PORT_MIN RTP_PORT_MAX RECORDING_DIR",
            "  SIP_ALLOW SIP_DENY SIP_TRACE HTTP_PORT LOG_LEVEL LOG_FORMAT"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrorHandler());
    }

    @Override
    public void run() {
        int status = spec.commandLine().getSubcommands().get("serve").execute();
        if (status != 0) {
            System.exit(status);
        }
    }
}
