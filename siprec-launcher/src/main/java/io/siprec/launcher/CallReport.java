package io.siprec.launcher;

import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in a few lines how a call went. */
final class CallReport {
    private CallReport() {}

    static List<String> lines(SrcCallResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Answered  " + answered(result) + " after " + result.setupTime().toMillis() + " ms");
        for (SrcStreamReport stream : result.streams()) {
            lines.add("Stream    " + stream(stream));
        }
        lines.add("Ended     "
                + switch (result.endedBy()) {
                    case LOCAL -> "by us, with BYE";
                    case REMOTE -> "by the recorder, with BYE";
                    case NOBODY -> "without BYE";
                });
        return lines;
    }

    private static String answered(SrcCallResult result) {
        return result.response()
                .map(response -> printable(response.status() + " " + response.reason()))
                .orElse("by nobody");
    }

    private static String stream(SrcStreamReport stream) {
        String what = String.format(
                Locale.ROOT,
                "label %s, %s, %s",
                stream.stream().label(),
                stream.stream().codec(),
                stream.stream().audio().description());
        if (stream.remote().isEmpty()) {
            return what + ": not wanted by the answer, nothing sent";
        }
        String failed =
                stream.packetsFailed() == 0 ? "" : ", " + count(stream.packetsFailed(), "packet") + " failed to leave";
        return what + ": " + count(stream.packetsSent(), "packet") + ", "
                + seconds(SrcCallSettings.PACKET_TIME.multipliedBy(stream.packetsSent())) + " s, "
                + text(stream.local()) + " to " + text(stream.remote().get()) + failed;
    }

    /** Status, reason and what the recorder adds in Warning (RFC 3261 §20.43). */
    static String refusal(SrcCallResult result) {
        String warning = result.response()
                .flatMap(response -> response.header("Warning"))
                .map(text -> " (Warning: " + text + ")")
                .orElse("");
        return printable(result.detail() + warning);
    }

    /** A peer's text for a terminal: nothing in it may move the cursor. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
