package io.siprec.benchmarks.media;

import java.util.Locale;

/**
 * What came of one round.
 *
 * @param steady CPU while all calls were up, for so many packets
 * @param whole CPU from the first INVITE until the last file was finished
 * @param memory what all calls together take, in bytes of heap and direct buffers
 * @param collections count, ms and allocated bytes while all calls were up
 */
record Row(
        String recorder,
        int calls,
        Sender.Sent sent,
        SampleCheck.Result check,
        CpuTime steady,
        double steadyPackets,
        CpuTime whole,
        long memory,
        long[] collections) {
    static final String HEADING = "recorder  calls   packets  failed repeated    lost     bad   us/packet  (user)"
            + "   whole run  KiB/call  collections, ms, B/packet  sender late by";

    private static final int MOST_LATE_MS = 5_000; // half of what a socket holds

    /**
     * False when the sender was held up, as what it then sends at once is no load that a recorder meets; and where packets or
     * calls are missing, as they cost nothing.
     */
    boolean counts() {
        return sent.latestMs() < MOST_LATE_MS && check.lostPackets() == 0 && sent.failed() == 0;
    }

    double usPerPacket() {
        return steady.usPer(steadyPackets);
    }

    double wholeUsPerPacket() {
        return whole.usPer(sent.total());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-8s %6d %9d %7d %8d %7d %7d %11.2f  %6.2f %11.2f %9.1f %12d %4d %7.1f  %9d ms%s",
                recorder,
                calls,
                sent.total(),
                sent.failed(),
                sent.repeated(),
                check.lostPackets(),
                check.badSamples(),
                usPerPacket(),
                steady.userUsPer(steadyPackets),
                wholeUsPerPacket(),
                memory / 1_024.0 / calls,
                collections[0],
                collections[1],
                collections[2] / steadyPackets,
                sent.latestMs(),
                counts() ? "" : "  not compared");
    }
}
