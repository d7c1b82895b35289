package io.siprec.launcher;

import io.siprec.rtp.CaptureRender;
import io.siprec.rtp.CaptureRender.Rendered;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siprec render}: makes the audio files of a session again from its packet capture, and compares them. */
@Command(
        name = "render",
        description = {
            "Makes the audio files of a session again from its packet capture (RECORDING_CAPTURE=all),",
            "and says whether they are what the manifest says was recorded."
        },
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all files were made, and are what was recorded",
            "1:they are not, or could not be made",
            "2:wrong usage"
        })
final class RenderCommand implements Callable<Integer> {
    private static final String CAPTURE = "call.pcapng";
    private static final String RENDERED = "rendered";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SESSION-DIR", description = "the session's folder, with call.pcapng and manifest.json")
    private Path session;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "where the files go; new or empty (default: rendered, in the session's folder)")
    private Path output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    RenderCommand() {}

    static CommandLine commandLine() {
        return new CommandLine(new RenderCommand()).setParameterExceptionHandler(new UsageErrorHandler());
    }

    @Override
    public Integer call() {
        Path capture = session.resolve(CAPTURE);
        Path directory = output == null ? session.resolve(RENDERED) : output;
        if (!Files.isRegularFile(capture)) {
            return fail(capture + ": there is no capture; only sessions that were recorded with RECORDING_CAPTURE=all"
                    + " have one that audio can be made from");
        }
        try {
            if (!vacant(directory)) {
                return fail(directory + ": it is not empty; name another directory with --output");
            }
            return report(CaptureRender.render(capture, directory), ManifestChecksums.of(session));
        } catch (AccessDeniedException e) {
            return fail(e.getFile() + ": permission denied; name a directory that is writable with --output");
        } catch (IOException e) {
            return fail(capture + ": " + e.getMessage() + "; is it the capture of a session, as siprec wrote it?");
        }
    }

    private static boolean vacant(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private int report(CaptureRender.Result result, ManifestChecksums recorded) throws IOException {
        boolean same = !result.streams().isEmpty();
        for (Rendered stream : result.streams()) {
            same &= report(stream, recorded);
        }
        if (result.streams().isEmpty()) {
            return fail("the capture holds no streams; nothing was received, or nothing that could be kept");
        }
        out().flush();
        return same ? 0 : 1;
    }

    private boolean report(Rendered stream, ManifestChecksums recorded) throws IOException {
        String why = stream.problem().map(problem -> ": " + problem).orElse("");
        if (stream.file().isEmpty()) {
            out().println("stream " + stream.stream() + "  not made" + why);
            return false;
        }
        Path file = stream.file().get();
        Optional<String> expected = recorded.of(file.getFileName().toString());
        if (expected.isEmpty()) {
            out().println(file + "  made, but the manifest has no checksum to compare with" + why);
            return false;
        }
        boolean same = expected.get().equals(ManifestChecksums.sha256(file));
        out().println(file + (same ? "  identical to the recording" : "  differs from the recording" + why));
        return same;
    }

    private int fail(String text) {
        return CommandOutput.fail(spec, text);
    }

    private PrintWriter out() {
        return CommandOutput.out(spec);
    }
}
