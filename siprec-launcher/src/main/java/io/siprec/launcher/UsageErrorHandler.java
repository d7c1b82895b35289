package io.siprec.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers wrong usage with one line, not with the whole help. */
final class UsageErrorHandler implements IParameterExceptionHandler {
    UsageErrorHandler() {}

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        boolean unknown = wrong instanceof MissingParameterException || wrong instanceof UnmatchedArgumentException;
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + wrong.getMessage().lines().findFirst().orElse("wrong usage")
                + (unknown ? "; '" + name + " --help' lists what there is" : ""));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
