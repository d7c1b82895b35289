package io.siprec.testkit.internal;

import io.siprec.rtp.RtpPacketWriter;
import io.siprec.testkit.SrcStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Makes the packets of one stream (RFC 3550 §5.1). Sends on one thread; the counters may be read by any. */
final class StreamSender {
    private static final int HEADER_BYTES = 12;

    private final SrcStream stream;
    private final PacketSink sink;
    private final RtpPacketWriter header;
    private final short[] pcm = new short[Packets.SAMPLES];
    private final byte[] codes = new byte[Packets.SAMPLES];
    private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + Packets.SAMPLES);

    // Written by the sending thread only.
    private volatile long due;
    private volatile long sent;
    private volatile long failed;
    private volatile long first = -1;
    private volatile long last = -1;

    StreamSender(SrcStream stream, PacketSink sink) {
        this.stream = stream;
        this.sink = sink;
        this.header =
                new RtpPacketWriter().payloadType(stream.codec().payloadType()).ssrc(stream.ssrc());
    }

    /** Sends the packet at this place, or leaves it out where the plan says so. */
    void send(long place) {
        due = place + 1;
        if (stream.lost().test(place)) {
            return;
        }
        write(place);
        try {
            sink.send(packet);
            sent++;
            first = first < 0 ? place : first;
            last = place;
        } catch (IOException e) {
            failed++; // a refused packet must not end the call: the recorder's socket may come back
        }
    }

    private void write(long place) {
        stream.audio().read(place * Packets.SAMPLES, pcm, 0, Packets.SAMPLES);
        G711Codec.encode(stream.codec(), pcm, codes, Packets.SAMPLES);
        packet.clear();
        header.marker(place == 0)
                .sequence((int) (stream.firstSequence() + place))
                .timestamp(stream.firstTimestamp() + place * Packets.SAMPLES)
                .write(packet, codes, 0, Packets.SAMPLES);
        packet.flip();
    }

    long due() {
        return due;
    }

    long sent() {
        return sent;
    }

    long failed() {
        return failed;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }
}
