package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.rtp.Contribution;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.StreamStatistics.Arrival;
import io.siprec.rtp.StreamStatistics.Rtcp;
import java.time.Duration;
import java.util.List;

/** How the packets of one stream came, in the manifest. */
final class ManifestArrival {
    private static final double NANOS_PER_MICROSECOND = 1_000;
    private static final double MICROSECONDS_PER_MS = 1_000;

    private ManifestArrival() {}

    static void write(ObjectNode stream, StreamStatistics statistics) {
        Arrival arrival = statistics.arrival();
        if (arrival.first().isPresent() && arrival.last().isPresent()) {
            ObjectNode node = stream.putObject("arrival");
            node.put("first", arrival.first().get().toString());
            node.put("last", arrival.last().get().toString());
            node.put("jitterMs", ms(arrival.jitter()));
            node.put("jitterResolutionMs", ms(arrival.resolution()));
        }
        rtcp(stream.putObject("rtcp"), statistics.rtcp());
    }

    private static void rtcp(ObjectNode node, Rtcp rtcp) {
        node.put("received", rtcp.received());
        node.put("senderReports", rtcp.senderReports());
        node.put("byes", rtcp.byes());
        node.put("malformed", rtcp.malformed());
        node.put("foreign", rtcp.foreign());
        node.put("unauthentic", rtcp.unauthentic());
        node.put("sent", rtcp.sent());
        node.put("sendErrors", rtcp.sendErrors());
    }

    /** To the microsecond. */
    private static double ms(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_MICROSECOND) / MICROSECONDS_PER_MS;
    }

    /** Who is in a mixed stream, where its packets say so. */
    static void contributions(ObjectNode stream, StreamReport report) {
        List<Contribution> all = report.contributions();
        if (!all.isEmpty()) {
            ArrayNode array = stream.putArray("contributions");
            all.forEach(one -> array.addObject()
                    .put("csrc", one.csrc())
                    .put("firstSample", one.firstSample())
                    .put("samples", one.samples()));
        }
    }
}
