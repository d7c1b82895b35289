package io.siprec.rtp.internal.pcapng;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the captures that {@link BlockWriter} writes, block by block; blocks of other kinds are passed over. Blocks the thread. */
public final class BlockReader implements Closeable {
    private static final int MAX_BLOCK_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PACKET_FIELDS = 20;

    private final DataInputStream in;
    private boolean cutOff;

    private BlockReader(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    }

    /** A block that has something to say. */
    public sealed interface Block permits Packet, JournalEntry {}

    /**
     * A packet.
     *
     * @param data from the IP header on, in network byte order
     * @param comment "" for none
     */
    public record Packet(long epochNanos, ByteBuffer data, String comment) implements Block {}

    /** A journal entry, its lines as they are. */
    public record JournalEntry(String fields) implements Block {}

    /**
     * Opens a capture.
     *
     * @throws IOException also when it is none; the message says so in a few words
     */
    public static BlockReader open(Path file) throws IOException {
        BlockReader reader = new BlockReader(Files.newInputStream(file));
        try {
            reader.readFileHeader();
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private void readFileHeader() throws IOException {
        ByteBuffer section = nextOfType(Pcapng.SECTION_HEADER);
        if (section == null || section.remaining() < 16 || section.getInt() != Pcapng.BYTE_ORDER_MAGIC) {
            throw new IOException("it is no pcapng file of siprec");
        }
        ByteBuffer description = nextOfType(Pcapng.INTERFACE_DESCRIPTION);
        boolean raw = description != null
                && description.remaining() >= 8
                && (description.getShort() & 0xffff) == Pcapng.LINKTYPE_RAW;
        if (!raw || resolution(description.position(8)) != Pcapng.NANOSECONDS) {
            throw new IOException("its packets are not as siprec writes them: raw IP, in nanoseconds");
        }
    }

    private static int resolution(ByteBuffer options) {
        byte[] value = option(options, Pcapng.IF_TIMESTAMP_RESOLUTION);
        return value.length == 1 ? value[0] : 6; // microseconds unless it says so
    }

    private ByteBuffer nextOfType(int wanted) throws IOException {
        TypedBlock block = nextBlock();
        return block != null && block.type == wanted ? block.body : null;
    }

    /** The next block; null at the end. */
    public Block next() throws IOException {
        for (TypedBlock block = nextBlock(); block != null; block = nextBlock()) {
            if (block.type == Pcapng.ENHANCED_PACKET) {
                return packet(block.body);
            }
            if (block.type == Pcapng.JOURNAL_ENTRY) {
                return new JournalEntry(
                        StandardCharsets.US_ASCII.decode(block.body).toString().strip());
            }
        }
        return null;
    }

    /** True when the file ends within a block, as a crash leaves it. */
    public boolean cutOff() {
        return cutOff;
    }

    private static Packet packet(ByteBuffer body) throws IOException {
        if (body.remaining() < PACKET_FIELDS) {
            throw new IOException("a packet block of " + body.remaining() + " bytes");
        }
        body.getInt();
        long epochNanos = (long) body.getInt() << 32 | body.getInt() & 0xffff_ffffL;
        int length = body.getInt();
        if (length < 0 || length > body.remaining() - 4) {
            throw new IOException("a packet of " + length + " bytes in a smaller block");
        }
        ByteBuffer data = body.slice(PACKET_FIELDS, length);
        ByteBuffer options = body.position(Math.min(body.limit(), PACKET_FIELDS + Pcapng.padded(length)));
        String comment = new String(option(options, Pcapng.OPTION_COMMENT), StandardCharsets.UTF_8);
        return new Packet(epochNanos, data, comment);
    }

    private static byte[] option(ByteBuffer options, int wanted) {
        while (options.remaining() >= 4) {
            int code = options.getShort() & 0xffff;
            int length = options.getShort() & 0xffff;
            if (code == Pcapng.OPTION_END || length > options.remaining()) {
                break;
            }
            if (code == wanted) {
                byte[] value = new byte[length];
                options.get(value);
                return value;
            }
            options.position(Math.min(options.limit(), options.position() + Pcapng.padded(length)));
        }
        return new byte[0];
    }

    private TypedBlock nextBlock() throws IOException {
        byte[] head = in.readNBytes(8);
        if (head.length < 8) {
            cutOff |= head.length > 0;
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int type = fields.getInt();
        int length = fields.getInt();
        if (length < Pcapng.FRAME_BYTES || length > MAX_BLOCK_BYTES || length % 4 != 0) {
            throw new IOException("a block of " + length + " bytes");
        }
        byte[] rest = in.readNBytes(length - 8);
        if (rest.length < length - 8) {
            cutOff = true;
            return null;
        }
        ByteBuffer body = ByteBuffer.wrap(rest, 0, rest.length - 4).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new TypedBlock(type, body);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private record TypedBlock(int type, ByteBuffer body) {}
}
