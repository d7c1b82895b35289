package io.siprec.testkit.internal;

import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.testkit.SrcPhase;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcTone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the packets of one stream (RFC 3550 §5.1). Sends on one thread; the counters may be read by any. */
final class StreamSender {
    private static final int HEADER_BYTES = 12;
    private static final int MOST_SRTP_BYTES = 144; // tag and MKI
    private static final int ENDS = 3; // RFC 4733 §2.5.1.4
    private static final int END_BIT = 0x80;
    private static final int TONE_VOLUME = 10; // -10 dBm0

    private final RtpPacketWriter header = new RtpPacketWriter();
    private final short[] pcm = new short[Packets.SAMPLES];
    private final byte[] codes = new byte[Packets.SAMPLES];
    private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + Packets.SAMPLES + MOST_SRTP_BYTES);

    // Written by the sending thread only.
    private volatile SrcStream stream; // null while nothing is sent
    private volatile PacketSink sink;
    private volatile List<SrcPhase> ended = List.of();
    private volatile long phaseFirst = -1; // -1 until a packet of the phase is due
    private volatile long phasePackets;
    private volatile long repeats; // packets beyond one for each place
    private volatile long sent;
    private volatile long failed;
    private volatile long first = -1;
    private volatile long last = -1;
    private long ssrc = -1; // of the packets before
    private SrtpSender srtp; // null before the first encrypted stream
    private long sequences; // sequence numbers used with it

    /** A sender that sends nothing yet. */
    StreamSender() {}

    /** A sender that sends this from the first place on. */
    StreamSender(SrcStream stream, PacketSink sink) {
        play(stream, sink);
    }

    /** Sends this from the next place on; a phase ends where that is a change. */
    void play(SrcStream next, PacketSink to) {
        if (!next.equals(stream) || to != sink) {
            pause();
            stream = next;
            sink = to;
        }
    }

    /** Sends nothing any more; time goes on. */
    void pause() {
        ended = phases();
        stream = null;
        phaseFirst = -1;
        phasePackets = 0;
    }

    /** Sends the packet at this place, or leaves it out where the plan says so. */
    void send(long place) {
        if (stream == null) {
            return;
        }
        phaseFirst = phaseFirst < 0 ? place : phaseFirst;
        phasePackets++;
        Optional<SrcTone> tone = stream.toneAt(place);
        if (tone.isPresent()) {
            sendTone(tone.get(), place);
            return;
        }
        int sequence = nextSequence();
        if (stream.lost().test(place)) {
            return;
        }
        write(place, sequence);
        sendPacket(place);
    }

    private void sendTone(SrcTone tone, long place) {
        boolean last = place == tone.firstPlace() + tone.packets() - 1;
        repeats += last ? ENDS - 1 : 0;
        for (int i = 0; i < (last ? ENDS : 1); i++) {
            int sequence = nextSequence();
            if (!stream.lost().test(place)) {
                write(tone, place, last, sequence);
                sendPacket(place);
            }
        }
    }

    private void sendPacket(long place) {
        try {
            sink.send(packet);
            sent++;
            first = first < 0 ? place : first;
            last = place;
        } catch (IOException e) {
            failed++; // a refused packet must not end the call: the recorder's socket may come back
        }
    }

    /** A hold uses up no sequence numbers, a new source begins with its own (RFC 3550 section 5.1). */
    private int nextSequence() {
        if (stream.ssrc() != ssrc) {
            ssrc = stream.ssrc();
            sequences = 0;
        }
        return (int) (stream.firstSequence() + sequences++);
    }

    private void write(long place, int sequence) {
        stream.audio().read(place * Packets.SAMPLES, pcm, 0, Packets.SAMPLES);
        G711Codec.encode(stream.codec(), pcm, codes, Packets.SAMPLES);
        packet.clear();
        header.marker(place == phaseFirst)
                .payloadType(stream.codec().payloadType())
                .ssrc(stream.ssrc())
                .sequence(sequence)
                .timestamp(stream.firstTimestamp() + place * Packets.SAMPLES)
                .write(packet, codes, 0, Packets.SAMPLES);
        packet.flip();
        stream.srtp().ifPresent(this::protect);
    }

    /** A telephone event, by the time of its beginning (RFC 4733 §2.3). */
    private void write(SrcTone tone, long place, boolean last, int sequence) {
        int ticks = (int) (place + 1 - tone.firstPlace()) * Packets.SAMPLES;
        byte[] event = {
            (byte) tone.code(), (byte) (TONE_VOLUME | (last ? END_BIT : 0)), (byte) (ticks >> 8), (byte) ticks
        };
        packet.clear();
        header.marker(place == tone.firstPlace())
                .payloadType(SrcTone.PAYLOAD_TYPE)
                .ssrc(stream.ssrc())
                .sequence(sequence)
                .timestamp(stream.firstTimestamp() + tone.firstPlace() * Packets.SAMPLES)
                .write(packet, event, 0, event.length);
        packet.flip();
        stream.srtp().ifPresent(this::protect);
    }

    /** The same keys as before go on with their rollover count. */
    private void protect(SrtpKeys keys) {
        if (srtp == null) {
            srtp = new SrtpSender(keys, new SrtpScratch());
        }
        srtp.rekey(keys);
        srtp.protect(packet);
    }

    /** What was sent when; exact once the sending thread is done with the stream. */
    List<SrcPhase> phases() {
        SrcStream current = stream;
        if (current == null || phaseFirst < 0) {
            return ended;
        }
        List<SrcPhase> all = new ArrayList<>(ended);
        all.add(new SrcPhase(current, phaseFirst, phasePackets));
        return List.copyOf(all);
    }

    long due() {
        return phases().stream().mapToLong(SrcPhase::packets).sum() + repeats;
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
