package io.siprec.rtp.internal.pcapng;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes blocks into a little-endian buffer that has room for them (draft-ietf-opsawg-pcapng §3, §4). A packet is written in
 * steps, so that nothing is allocated: begin, the packet itself, its end, options, the end of the block.
 */
public final class BlockWriter {
    private static final int PACKET_DATA = 28; // where the packet begins in its block
    private static final long WHOLE_FILE = -1; // the length of a section that is not told

    private BlockWriter() {}

    /** The section header and the one interface that all packets are of. */
    public static void fileHeader(ByteBuffer out, String application, String comment) {
        int section = begin(out, Pcapng.SECTION_HEADER);
        out.putInt(Pcapng.BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(WHOLE_FILE);
        text(out, Pcapng.SHB_USER_APPLICATION, application);
        text(out, Pcapng.OPTION_COMMENT, comment);
        endOptions(out);
        end(out, section);
        int description = begin(out, Pcapng.INTERFACE_DESCRIPTION);
        out.putShort((short) Pcapng.LINKTYPE_RAW).putShort((short) 0).putInt(0); // packets of any length
        text(out, Pcapng.IF_NAME, application);
        out.putShort((short) Pcapng.IF_TIMESTAMP_RESOLUTION).putShort((short) 1).putInt(Pcapng.NANOSECONDS);
        endOptions(out);
        end(out, description);
    }

    /** Begins a packet; the place of its block. */
    public static int beginPacket(ByteBuffer out, long epochNanos) {
        int start = begin(out, Pcapng.ENHANCED_PACKET);
        out.putInt(0) // the interface
                .putInt((int) (epochNanos >>> 32))
                .putInt((int) epochNanos)
                .putLong(0); // both lengths, see endData
        return start;
    }

    /** The packet is written: its lengths and its direction. */
    public static void endData(ByteBuffer out, int start, boolean inbound) {
        int length = out.position() - start - PACKET_DATA;
        out.putInt(start + PACKET_DATA - 8, length).putInt(start + PACKET_DATA - 4, length);
        pad(out, length);
        out.putShort((short) Pcapng.EPB_FLAGS).putShort((short) 4);
        out.putInt(inbound ? Pcapng.INBOUND : Pcapng.OUTBOUND);
    }

    /** Begins a comment; its place. */
    public static int beginComment(ByteBuffer out) {
        out.putShort((short) Pcapng.OPTION_COMMENT).putShort((short) 0);
        return out.position();
    }

    /** The comment is written. */
    public static void endComment(ByteBuffer out, int start) {
        int length = out.position() - start;
        out.putShort(start - 2, (short) length);
        pad(out, length);
    }

    /** The options of a packet are written. */
    public static void endPacket(ByteBuffer out, int start) {
        endOptions(out);
        end(out, start);
    }

    /** A journal entry: lines of {@code FIELD=value}, ASCII (systemd Journal Export Format). */
    public static void journalEntry(ByteBuffer out, String fields) {
        int start = begin(out, Pcapng.JOURNAL_ENTRY);
        byte[] bytes = fields.getBytes(StandardCharsets.US_ASCII);
        out.put(bytes);
        pad(out, bytes.length);
        end(out, start);
    }

    /** The bytes of a journal entry with its block. */
    public static int journalEntryBytes(String fields) {
        return Pcapng.FRAME_BYTES + Pcapng.padded(fields.length());
    }

    private static int begin(ByteBuffer out, int type) {
        int start = out.position();
        out.putInt(type).putInt(0);
        return start;
    }

    private static void end(ByteBuffer out, int start) {
        int length = out.position() + 4 - start;
        out.putInt(length).putInt(start + 4, length);
    }

    private static void text(ByteBuffer out, int option, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) option).putShort((short) bytes.length).put(bytes);
        pad(out, bytes.length);
    }

    private static void endOptions(ByteBuffer out) {
        out.putShort((short) Pcapng.OPTION_END).putShort((short) 0);
    }

    private static void pad(ByteBuffer out, int length) {
        for (int i = length; i < Pcapng.padded(length); i++) {
            out.put((byte) 0);
        }
    }
}
