package io.siprec.rtp.internal.rtcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts the packets of a receiver together (RFC 3550 §6.4.2, §6.5, §6.6). Allocates nothing. */
final class RtcpWriter {
    private static final int VERSION = 0x80;

    private RtcpWriter() {}

    static void begin(ByteBuffer out) {
        out.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** An RR with one block, or none when {@code report} is null. */
    static void receiverReport(ByteBuffer out, long ssrc, ReportBlock report) {
        header(out, report == null ? 0 : 1, RtcpType.RR, report == null ? 1 : 7);
        out.putInt((int) ssrc);
        if (report != null) {
            report.write(out);
        }
    }

    /** An SDES with a CNAME. */
    static void description(ByteBuffer out, long ssrc, byte[] cname) {
        int words = 1 + (2 + cname.length) / 4 + 1; // at least one zero ends the items
        header(out, 1, RtcpType.SDES, words);
        int end = out.position() + 4 * words;
        out.putInt((int) ssrc)
                .put((byte) RtcpType.CNAME)
                .put((byte) cname.length)
                .put(cname);
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }

    static void bye(ByteBuffer out, long ssrc) {
        header(out, 1, RtcpType.BYE, 1);
        out.putInt((int) ssrc);
    }

    private static void header(ByteBuffer out, int count, int type, int words) {
        out.put((byte) (VERSION | count)).put((byte) type).putShort((short) words);
    }
}
