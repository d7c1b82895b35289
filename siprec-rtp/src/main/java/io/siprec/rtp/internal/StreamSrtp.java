package io.siprec.rtp.internal;

import io.siprec.rtp.SrtpSettings;
import io.siprec.rtp.srtp.SrtpOutcome;
import io.siprec.rtp.srtp.SrtpReceiver;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** Opens what one encrypted stream receives and protects what it reports (RFC 3711). Loop thread only, once it has begun. */
final class StreamSrtp {
    private final StreamCounters counters;
    private final SrtpReceiver receiver;
    private final SrtpSender sender;
    private final AtomicReference<SrtpSettings> negotiated = new AtomicReference<>(); // any thread sets it

    /** @param scratch of the loop */
    StreamSrtp(SrtpSettings settings, SrtpScratch scratch, StreamCounters counters) {
        this.counters = counters;
        this.receiver = new SrtpReceiver(settings.peer(), scratch);
        this.sender = new SrtpSender(settings.own(), scratch);
    }

    /** Another loop takes over, with this memory. */
    void workOn(SrtpScratch scratch) {
        receiver.workOn(scratch);
        sender.workOn(scratch);
    }

    /**
     * Other keys, from the next packet on: a sweep that is at work may already meet packets under them. Those that are the
     * same as before keep their rollover counts (RFC 4568 §7.1.4). Any thread.
     */
    void negotiated(SrtpSettings settings) {
        negotiated.set(settings);
    }

    private void follow() {
        if (negotiated.get() != null) {
            SrtpSettings settings = negotiated.getAndSet(null);
            receiver.rekey(settings.peer());
            sender.rekey(settings.own());
        }
    }

    /** Puts the RTP packet in clear; false when it is none that may be used, which is counted. */
    boolean open(ByteBuffer datagram) {
        follow();
        SrtpOutcome outcome = receiver.unprotect(datagram);
        switch (outcome) {
            case ACCEPTED -> {}
            case MALFORMED -> counters.malformed++;
            case REPLAYED -> counters.rejectedReplay++;
            case TOO_MANY_SSRCS -> counters.rejectedSsrc++;
            case UNKNOWN_MKI, NOT_AUTHENTIC -> counters.rejectedAuthentication++;
        }
        return outcome == SrtpOutcome.ACCEPTED;
    }

    /** The same for an RTCP packet. */
    boolean openRtcp(ByteBuffer datagram) {
        follow();
        boolean accepted = receiver.unprotectRtcp(datagram) == SrtpOutcome.ACCEPTED;
        if (!accepted) {
            counters.rtcp.received++;
            counters.rtcp.unauthentic++;
        }
        return accepted;
    }

    /** Encrypts an RTP packet of ours. */
    void protect(ByteBuffer packet) {
        follow();
        sender.protect(packet);
    }

    /** Encrypts a report of ours. */
    void protectRtcp(ByteBuffer report) {
        follow();
        sender.protectRtcp(report);
    }

    /** Wipes the keys. */
    void destroy() {
        receiver.destroy();
        sender.destroy();
    }
}
