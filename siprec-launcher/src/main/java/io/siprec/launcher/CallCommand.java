package io.siprec.launcher;

import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallResult.Outcome;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SyntheticSrc;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Places one SIPREC call with the synthetic SRC and says what was sent and what was answered. */
@Command(
        name = "call",
        description = "Places a SIPREC test call and reports what was sent and what was answered.",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the call was answered and completed", "1:it was refused or failed", "2:wrong usage"})
final class CallCommand implements Callable<Integer> {
    private static final int DEFAULT_STREAMS = 2;
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SIP-URI",
            description = "whom to call, like sip:127.0.0.1:5060, or sips:srs.example for TLS")
    private String target;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    @Option(names = "--tcp", description = "signal over TCP (default: UDP)")
    private boolean tcp;

    @Option(
            names = "--streams",
            paramLabel = "N",
            converter = CallOptions.Streams.class,
            description = "number of media streams, 1 to 8 (default: 2)")
    private Integer streams;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            converter = CallOptions.Seconds.class,
            description = "how long to send (default: the length of the longest audio file, else 5)")
    private Duration duration;

    @Option(
            names = "--audio",
            paramLabel = "WAV",
            split = ",",
            description = "8 kHz WAV files, one per stream (default: a synthetic voice per stream)")
    private List<Path> files = List.of();

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            converter = CallOptions.Codec.class,
            description = "pcmu or pcma (default: pcmu)")
    private SrcCodec codec = SrcCodec.PCMU;

    @Option(names = "--user", paramLabel = "NAME", description = "who to be when the recorder asks (digest)")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "a file whose first line is the password of --user")
    private Path passwordFile;

    @Mixin
    private CallTls tls;

    CallCommand() {}

    /** The command on its own, with the handling of usage errors that it is made for. */
    static CommandLine commandLine() {
        return new CommandLine(new CallCommand()).setParameterExceptionHandler(new UsageErrorHandler());
    }

    @Override
    public Integer call() {
        SrcCallSettings settings = settings();
        Transport transport = settings.transport().orElse(Transport.UDP);
        if (settings.destination().isUnresolved()) {
            return fail("the host of " + target + " is unknown; check its name, or give an IP address");
        }
        out().println("Calling " + target + " over " + transport + ", "
                + CallReport.count(settings.streams().size(), "stream") + " of "
                + CallReport.seconds(settings.duration()) + " s");
        out().flush();
        try (SyntheticSrc src = src(settings, transport)) {
            return place(src, settings, transport);
        } catch (TlsException e) {
            throw usage(e.getMessage());
        } catch (IOException e) {
            return fail(target + " can't be called from here: " + e.getMessage());
        }
    }

    private SyntheticSrc src(SrcCallSettings settings, Transport transport) throws IOException {
        SyntheticSrc.Builder builder = SyntheticSrc.builder().bindTowards(settings.destination());
        if (transport == Transport.TLS) {
            builder.tls(tls.settings(this::usage));
        }
        return builder.start();
    }

    private int place(SyntheticSrc src, SrcCallSettings settings, Transport transport) throws IOException {
        Thread hangUpAtExit = new Thread(src::close, "hang-up");
        Runtime.getRuntime().addShutdownHook(hangUpAtExit);
        try {
            SrcCall call = src.call(settings);
            new CallProgress(out(), Terminal.present(), System::nanoTime).follow(call, settings);
            return report(call.result().join(), settings, transport);
        } finally {
            forget(hangUpAtExit);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the hook runs now.
        }
    }

    private int report(SrcCallResult result, SrcCallSettings settings, Transport transport) {
        String whom = target + " over " + transport;
        if (result.outcome() == Outcome.REJECTED) {
            return fail(whom + " refused the call: " + CallReport.refusal(result));
        }
        if (result.response().isEmpty()) {
            return fail(whom + ": " + result.detail() + "; is a recorder listening at "
                    + CallReport.text(settings.destination()) + "/" + transport.parameter() + "?");
        }
        CallReport.lines(result).forEach(out()::println);
        out().flush();
        return result.outcome() == Outcome.COMPLETED ? 0 : fail(whom + ": " + result.detail());
    }

    private SrcCallSettings settings() {
        int count = streams == null ? Math.max(DEFAULT_STREAMS, files.size()) : streams;
        if (files.size() > count || count > SrcCallSettings.MAX_STREAMS) {
            throw usage("--audio names " + files.size() + " files for " + Math.min(count, SrcCallSettings.MAX_STREAMS)
                    + " streams; name fewer, or set --streams (up to " + SrcCallSettings.MAX_STREAMS + ")");
        }
        List<AudioSource> recorded =
                files.stream().map(file -> CallOptions.wav(file, this::usage)).toList();
        SrcCallSettings.Builder builder = target(target)
                .streams(count)
                .audio(audio(recorded, count))
                .duration(duration(recorded))
                .codec(codec)
                .seed(new SplittableRandom().nextLong());
        if (tcp && target.startsWith("sips:")) {
            throw usage("--tcp does not go with a sips URI, which means TLS; leave one of them out");
        }
        if (tcp) {
            builder.transport(Transport.TCP);
        }
        if (user != null || passwordFile != null) {
            builder.credentials(CallOptions.credentials(user, passwordFile, this::usage));
        }
        return builder.build();
    }

    private SrcCallSettings.Builder target(String uri) {
        try {
            return SrcCallSettings.builder(uri);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private static AudioSource[] audio(List<AudioSource> recorded, int count) {
        List<AudioSource> audio = new ArrayList<>(recorded);
        while (audio.size() < count) {
            audio.add(AudioSources.speechLike(audio.size()));
        }
        return audio.toArray(AudioSource[]::new);
    }

    private Duration duration(List<AudioSource> recorded) {
        if (duration != null) {
            return duration;
        }
        return recorded.stream()
                .map(CallOptions::duration)
                .max(Duration::compareTo)
                .orElse(DEFAULT_DURATION);
    }

    private ParameterException usage(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private int fail(String text) {
        return CommandOutput.fail(spec, text);
    }

    private PrintWriter out() {
        return CommandOutput.out(spec);
    }
}
