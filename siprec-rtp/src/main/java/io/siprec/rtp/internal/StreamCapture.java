package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.internal.pcapng.BlockWriter;
import io.siprec.rtp.internal.pcapng.HeaderWriter;
import io.siprec.rtp.internal.pcapng.HeaderWriter.End;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one stream adds to the capture of its session: the packets that its receiver takes, with what the receiver made of them,
 * and notes of all else that shapes the audio file. Loop thread only.
 */
final class StreamCapture {
    private static final int OVERHEAD_BYTES = 256; // of a packet: its block, headers, comment

    private final CaptureFile file;
    private final CaptureBlock block;
    private final TimeOrigin origin;
    private final int number;
    private final InetAddress localAddress;
    private final End local;
    private final StreamReceiver receiver;
    private final SealedPacket sealed; // null where packets are kept as the receiver sees them
    private final Map<String, String> introduction = new LinkedHashMap<>();
    private final boolean all;

    private boolean begun;
    private List<AudioFormat> formats;
    private boolean paused;
    private boolean settled;
    private InetSocketAddress source; // the last one
    private End remote;
    private int packetStart; // of the packet that is being taken, as the rest
    private int packetEnd;
    private long undecodableBefore;
    private boolean newest;
    private int skipped;
    private long nowNanos;
    private long sinceNanos;
    private int blockStart;
    private int commentStart;

    /** @param local where the sender was told to send to */
    StreamCapture(
            CaptureFile file, int number, InetSocketAddress local, StreamSettings stream, StreamReceiver receiver) {
        this.file = file;
        this.block = new CaptureBlock(file);
        this.origin = stream.origin();
        this.number = number;
        this.localAddress = local.getAddress();
        this.local = End.of(local);
        this.receiver = receiver;
        this.all = file.scope() == CaptureScope.ALL;
        this.formats = stream.formats();
        boolean encrypted = stream.srtp().isPresent() && !file.decrypted();
        this.sealed = encrypted ? new SealedPacket() : null;
        introduction.put(CaptureNote.FILE, stream.file().getFileName().toString());
        introduction.put(CaptureNote.FORMAT, stream.format().name());
        introduction.put(CaptureNote.SCOPE, file.scope().name());
        introduction.put(CaptureNote.ENCRYPTED, Boolean.toString(encrypted));
    }

    /** How packets were received; null where it is how the receiver sees them. */
    SealedPacket sealed() {
        return sealed;
    }

    /** A packet has come, and is as it was received. */
    void arrived(ByteBuffer datagram) {
        if (sealed != null) {
            sealed.keep(datagram);
        }
    }

    /** The receiver takes a packet. */
    void taking(ByteBuffer datagram, boolean isNewest, int skippedBefore, long now, long since) {
        packetStart = datagram.position();
        packetEnd = datagram.limit();
        newest = isNewest;
        skipped = skippedBefore;
        nowNanos = now;
        sinceNanos = since;
        undecodableBefore = receiver.undecodable();
        if (all) {
            writeTaken(datagram);
        }
    }

    /** It has taken it. */
    void taken(ByteBuffer datagram) {
        if (!all && receiver.undecodable() != undecodableBefore) {
            writeTaken(datagram);
        }
    }

    private void writeTaken(ByteBuffer datagram) {
        ByteBuffer out = begin(datagram, receiver.source(), local, nowNanos);
        if (out != null) {
            text(out, CaptureComment.SINCE);
            number(out, nowNanos - sinceNanos);
            if (newest) {
                text(out, CaptureComment.NEWEST);
            }
            if (skipped > 0) {
                text(out, CaptureComment.LOST);
                number(out, skipped);
            }
            end(out);
        }
    }

    /** The receiver has seen the packet before. */
    void duplicate(ByteBuffer datagram, long now) {
        packetStart = datagram.position();
        packetEnd = datagram.limit();
        ByteBuffer out = all ? begin(datagram, receiver.source(), local, now) : null;
        if (out != null) {
            text(out, CaptureComment.DUPLICATE);
            end(out);
        }
    }

    /** A packet of RTCP that tells of the recorded source. */
    void rtcp(ByteBuffer datagram, InetSocketAddress from, int localPort, long now) {
        if (all && receiver.recording()) {
            packetStart = 0;
            packetEnd = datagram.limit();
            End to = localPort == local.port() ? local : End.of(new InetSocketAddress(localAddress, localPort));
            ByteBuffer out = begin(datagram, from, to, now);
            if (out != null) {
                text(out, CaptureComment.RTCP);
                end(out);
            }
        }
    }

    /** Begins a packet up to its comment; null when there is no room. */
    private ByteBuffer begin(ByteBuffer datagram, InetSocketAddress from, End to, long now) {
        int length = sealed == null ? packetEnd - packetStart : sealed.packet().remaining();
        ByteBuffer out = introduced(now) ? block.room(length + OVERHEAD_BYTES, now) : null;
        if (out == null) {
            return null;
        }
        blockStart = BlockWriter.beginPacket(out, file.clock().epochNanos(now));
        if (sealed == null) {
            int position = datagram.position();
            int limit = datagram.limit();
            HeaderWriter.udp(out, endOf(from), to, datagram.limit(packetEnd).position(packetStart));
            datagram.limit(limit).position(position);
        } else {
            HeaderWriter.udp(out, endOf(from), to, sealed.packet());
        }
        BlockWriter.endData(out, blockStart, true);
        commentStart = BlockWriter.beginComment(out);
        text(out, CaptureComment.STREAM);
        number(out, number);
        return out;
    }

    private void end(ByteBuffer out) {
        BlockWriter.endComment(out, commentStart);
        BlockWriter.endPacket(out, blockStart);
        block.packetWritten();
    }

    private End endOf(InetSocketAddress from) {
        if (!from.equals(source)) {
            source = from;
            remote = End.of(from);
        }
        return remote;
    }

    private static void text(ByteBuffer out, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            out.put((byte) ascii.charAt(i));
        }
    }

    private static void number(ByteBuffer out, long value) {
        if (value >= 10) {
            number(out, value / 10);
        }
        out.put((byte) ('0' + value % 10));
    }

    /** What is negotiated from now on. */
    void negotiated(List<AudioFormat> newFormats, long now) {
        if (!begun && !all) {
            formats = newFormats; // of a stream that may never need the capture
        } else if (!newFormats.equals(formats) && introduced(now)) {
            boolean noted =
                    note(CaptureNote.Kind.FORMATS, Map.of(CaptureNote.FORMATS, CaptureNote.formats(newFormats)), now);
            formats = noted ? newFormats : formats;
        }
    }

    /** The application holds the stream, or no more. */
    void paused(boolean value, long now) {
        if (value != paused && needed() && introduced(now)) {
            paused = value;
            note(value ? CaptureNote.Kind.PAUSED : CaptureNote.Kind.RESUMED, Map.of(), now);
        }
    }

    /** @param fixed whether the place of the first sample is */
    void endSweep(boolean fixed, long now) {
        if (all && fixed && !settled && introduced(now)) {
            settled = note(CaptureNote.Kind.SETTLED, origin(), now);
        }
        block.endSweep(now);
    }

    /** The stream is over. */
    void ended(long now) {
        if (needed() && introduced(now)) {
            note(CaptureNote.Kind.ENDED, origin(), now);
        }
        block.flush();
    }

    /** False while there was nothing to be kept of the stream, so that a capture without anything makes no file. */
    private boolean needed() {
        return all || begun;
    }

    /** Where the files of the recording begin. */
    private Map<String, String> origin() {
        OptionalLong nanos = origin.nanoTime();
        return nanos.isEmpty()
                ? Map.of()
                : Map.of(CaptureNote.ORIGIN, Long.toString(file.clock().epochNanos(nanos.getAsLong())));
    }

    private boolean introduced(long now) {
        if (!begun) {
            introduction.put(CaptureNote.FORMATS, CaptureNote.formats(formats));
            begun = note(CaptureNote.Kind.BEGIN, introduction, now);
        }
        return begun;
    }

    private boolean note(CaptureNote.Kind kind, Map<String, String> values, long now) {
        String text = new CaptureNote(kind, number, file.clock().epochNanos(now), values).text();
        ByteBuffer out = block.room(BlockWriter.journalEntryBytes(text), now);
        if (out != null) {
            BlockWriter.journalEntry(out, text);
        }
        return out != null;
    }
}
