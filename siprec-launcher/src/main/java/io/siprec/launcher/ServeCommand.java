package io.siprec.launcher;

import io.siprec.core.spi.SessionStore;
import io.siprec.server.SiprecServer;
import io.siprec.server.StartupException;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code siprec serve}: records until it is told to stop. */
@Command(
        name = "serve",
        description = "Records calls until it is told to stop (SIGTERM, Ctrl-C). This is the default command.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int EXIT_START_FAILED = 1;

    @Spec
    private CommandSpec spec;

    ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            Settings settings = Settings.of(System.getenv(), Terminal.present());
            Logging.configure(settings.logLevel(), settings.logFormat());
            serve(settings);
            return 0;
        } catch (SettingsException e) {
            e.lines().forEach(line -> spec.commandLine().getErr().println("siprec: " + line));
            return EXIT_START_FAILED;
        }
    }

    private void serve(Settings settings) throws SettingsException, InterruptedException {
        SessionStore store = settings.store().open(System.getenv());
        Optional<MessageTrace> trace;
        SiprecServer server;
        try {
            trace = trace(settings.trace());
            server = start(settings, trace, store);
        } catch (SettingsException e) {
            store.close();
            throw e;
        }
        HealthEndpoint health;
        try {
            health = HealthEndpoint.start(settings, server);
        } catch (SettingsException e) {
            server.close();
            store.close();
            throw e;
        }
        new Banner(settings, server, health.port()).show(spec.commandLine().getOut());
        settings.tls().ifPresent(tls -> TlsReload.of(tls, server::reloadTls).start());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(server, health, trace, store, stopped), "siprec-shutdown"));
        stopped.await();
    }

    private static void stop(
            SiprecServer server,
            HealthEndpoint health,
            Optional<MessageTrace> trace,
            SessionStore store,
            CountDownLatch stopped) {
        Logger log = LoggerFactory.getLogger("siprec");
        log.info("Stopping: {} recordings to finish", server.sessions().size());
        server.drain(); // readiness falls before the first BYE goes out
        server.close();
        store.close();
        health.close();
        trace.ifPresent(MessageTrace::close);
        log.info("Stopped");
        stopped.countDown();
    }

    private static Optional<MessageTrace> trace(TraceSettings settings) throws SettingsException {
        if (!settings.on()) {
            return Optional.empty();
        }
        if (settings.file().isEmpty()) {
            return Optional.of(new MessageTrace(TraceOutput.log()).start());
        }
        Path file = settings.file().get();
        try {
            return Optional.of(new MessageTrace(TraceOutput.file(file)).start());
        } catch (IOException e) {
            throw new SettingsException("SIP_TRACE=" + file + ": can't be written: " + problem(e)
                    + "; name a file in a directory that is writable for this user, or use log");
        }
    }

    private static String problem(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    }

    private static SiprecServer start(Settings settings, Optional<MessageTrace> trace, SessionStore store)
            throws SettingsException {
        SiprecServer.Builder builder = SiprecServer.builder(settings.recordingDirectory())
                .rtpPorts(settings.rtpPortMin(), settings.rtpPortMax())
                .sip(sip -> sip.loops(settings.sipLoops()))
                .rtpAddress(localAddress(settings.sipHost()))
                .listener(new SessionLog(settings.recordingDirectory()));
        listen(builder, settings);
        settings.store().applyTo(builder, store);
        settings.recognition().apply(builder);
        settings.security().applyTo(builder);
        settings.rtp().applyTo(builder);
        settings.rules().apply(builder);
        settings.files().applyTo(builder);
        settings.metadata().applyTo(builder);
        builder.sip(sip -> sip.guard(settings.guard().guard()));
        builder.sip(sip -> sip.sessionTimers(settings.timers().sessionTimers()));
        trace.ifPresent(wanted -> builder.sip(sip -> sip.trace(wanted)));
        settings.authentication().ifPresent(wanted -> builder.sip(sip -> sip.authentication(wanted)));
        try {
            SiprecServer server = builder.build();
            server.start();
            return server;
        } catch (TlsException e) {
            throw new SettingsException(settings.tls().orElseThrow().explain(e));
        } catch (StartupException e) {
            throw new SettingsException(explain(e));
        }
    }

    /** Where a port stands in both lists, its TCP side is that of TLS. */
    private static void listen(SiprecServer.Builder builder, Settings settings) {
        List<Integer> tlsPorts = settings.tls().map(SipTlsSettings::ports).orElse(List.of());
        for (int port : settings.ports()) {
            builder.listen(Transport.UDP, settings.sipHost(), port);
            if (port == 0 || !tlsPorts.contains(port)) {
                builder.listen(Transport.TCP, settings.sipHost(), port);
            }
        }
        tlsPorts.forEach(port -> builder.listen(Transport.TLS, settings.sipHost(), port));
        settings.tls().ifPresent(tls -> builder.sip(sip -> sip.tls(tls.keys())));
    }

    private static InetAddress localAddress(String host) throws SettingsException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SettingsException(
                    "SIP_HOST=" + host + ": no such host; use an address of this machine, or 0.0.0.0 for all");
        }
    }

    private static String explain(StartupException e) {
        return switch (e.setting()) {
            case LISTEN ->
                "SIP_HOST/PORTS: can't listen on " + e.value() + ": " + e.getMessage()
                        + "; stop what uses it or set PORTS to free ports (SIP_TLS_PORTS for TLS) and SIP_HOST to an address of this machine";
            case RECORDING_DIRECTORY ->
                "RECORDING_DIR=" + e.value() + ": can't be written: " + e.getMessage()
                        + "; create it, make it writable for this user, or name another directory";
            case RTP_PORTS ->
                "RTP_PORT_MIN/RTP_PORT_MAX=" + e.value() + ": " + e.getMessage()
                        + "; choose a range that other programs don't use";
        };
    }
}
