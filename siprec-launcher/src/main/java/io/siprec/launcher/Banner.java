package io.siprec.launcher;

import io.siprec.server.SiprecServer;
import io.siprec.sip.transport.ListeningPoint;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What the operator wants to know first: where it listens, where it records, how to try it. */
final class Banner {
    private final Settings settings;
    private final List<ListeningPoint> listening;
    private final int freeStreams;
    private final int httpPort;

    Banner(Settings settings, SiprecServer server, int httpPort) {
        this.settings = settings;
        this.listening = server.listeningPoints();
        this.freeStreams = server.statistics().freeRtpPortPairs();
        this.httpPort = httpPort;
    }

    /** On paper for a person, as one log event for a program. */
    void show(PrintWriter out) {
        if (settings.logFormat() == Settings.LogFormat.JSON) {
            String text = facts().entrySet().stream()
                    .map(fact -> fact.getKey() + " " + fact.getValue())
                    .collect(Collectors.joining("; "));
            LoggerFactory.getLogger("siprec").info("siprec {} is ready: {}", Version.text(), text);
            return;
        }
        out.println("siprec " + Version.text() + " is ready to record");
        facts().forEach((name, value) -> out.printf("  %-11s%s%n", name, value));
        out.flush();
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("SIP", sip());
        settings.authentication().ifPresent(asked -> facts.put("Callers", "users of the realm " + asked.realm()));
        facts.put("RTP", rtp());
        facts.put("Recordings", settings.recordingDirectory().toString());
        facts.put("Health", "http://" + reachable() + ":" + httpPort + "/healthz");
        facts.put(
                "Test call",
                "java -jar siprec.jar call sip:" + reachable() + ":" + testPort()
                        + (settings.authentication().isPresent() ? " --user NAME --password-file FILE" : ""));
        return facts;
    }

    private String sip() {
        return listening.stream()
                .map(point -> point.transport().name().toLowerCase(Locale.ROOT) + ":"
                        + bracketed(point.address().getAddress().getHostAddress()) + ":"
                        + point.address().getPort())
                .collect(Collectors.joining(" "));
    }

    private String rtp() {
        return settings.rtpPortMax() == 0
                ? "any free ports"
                : "ports " + settings.rtpPortMin() + " to " + settings.rtpPortMax() + " (" + freeStreams + " streams)";
    }

    private int testPort() {
        return listening.get(0).address().getPort();
    }

    private String reachable() {
        return settings.sipHost().equals("0.0.0.0") ? "127.0.0.1" : bracketed(settings.sipHost());
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
