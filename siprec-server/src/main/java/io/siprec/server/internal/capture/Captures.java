package io.siprec.server.internal.capture;

import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.CaptureSettings;
import io.siprec.rtp.CapturedMessage;
import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.PacketCapture;
import io.siprec.server.internal.files.CaptureRecord;
import io.siprec.sip.trace.SipMasking;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.MessageSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The captures of all calls: gives each the SIP messages with its Call-ID. Thread-safe. */
public final class Captures implements SipTrace {
    private static final byte[] INVITE = "INVITE ".getBytes(StandardCharsets.US_ASCII);

    private final MediaPlane plane;
    private final Optional<CaptureRules> rules;
    private final Map<String, List<CallCapture>> byCallId = new ConcurrentHashMap<>(); // bounded by the sessions
    private final RecentMessages recent = new RecentMessages();

    /** @param rules empty to capture nothing */
    public Captures(MediaPlane plane, Optional<CaptureRules> rules) {
        this.plane = plane;
        this.rules = rules;
    }

    /** True when SIP messages are to be shown to it. */
    public boolean wantsMessages() {
        return rules.isPresent() && rules.get().messages();
    }

    /** What the manifest says of a capture, at its end and before; empty where there is none. */
    public Optional<CaptureRecord> record(Optional<CaptureReport> report) {
        return rules.map(wanted -> new CaptureRecord(wanted.scope(), wanted.decrypted(), report))
                .filter(CaptureRecord::exists);
    }

    /**
     * Begins the capture of a call with the messages that it has had so far.
     *
     * @param invite the one that it begins with
     * @param source of the INVITE
     */
    public Optional<CallCapture> open(Path folder, String callId, byte[] invite, MessageSource source) {
        return rules.map(wanted -> {
            PacketCapture packets = plane.capture(new CaptureSettings(
                    folder.resolve(CaptureRecord.FILE), wanted.scope(), wanted.decrypted(), SipMasking::blank));
            CallCapture capture = new CallCapture(this, callId, packets);
            if (wanted.messages()) {
                byCallId.merge(callId, List.of(capture), Captures::joined);
                addMissed(capture, invite, source);
            }
            return capture;
        });
    }

    private void addMissed(CallCapture capture, byte[] invite, MessageSource source) {
        List<CapturedMessage> missed = recent.of(capture.callId());
        if (missed.stream().noneMatch(Captures::isInvite)) { // a flood has driven it out meanwhile
            capture.packets().message(message(Direction.RECEIVED, source, invite));
        }
        missed.forEach(capture.packets()::message);
    }

    private static boolean isInvite(CapturedMessage message) {
        byte[] bytes = message.bytes();
        return message.received()
                && bytes.length > INVITE.length
                && ByteBuffer.wrap(bytes, 0, INVITE.length).equals(ByteBuffer.wrap(INVITE));
    }

    private static List<CallCapture> joined(List<CallCapture> before, List<CallCapture> added) {
        List<CallCapture> all = new ArrayList<>(before);
        all.addAll(added);
        return List.copyOf(all);
    }

    void remove(CallCapture capture) {
        byCallId.computeIfPresent(capture.callId(), (id, all) -> {
            List<CallCapture> left = all.stream().filter(one -> one != capture).toList();
            return left.isEmpty() ? null : left;
        });
    }

    @Override
    public void onMessage(Direction direction, MessageSource source, ByteBuffer message, long nanoTime) {
        Optional<String> callId = CallIds.of(message);
        if (callId.isEmpty()) {
            return;
        }
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        CapturedMessage captured = message(direction, source, bytes);
        List<CallCapture> captures = byCallId.get(callId.get());
        if (captures == null) {
            recent.add(callId.get(), captured);
        } else {
            captures.forEach(capture -> capture.packets().message(captured));
        }
    }

    private static CapturedMessage message(Direction direction, MessageSource source, byte[] bytes) {
        return new CapturedMessage(
                direction == Direction.RECEIVED,
                source.transport().name(),
                source.remote(),
                source.local(),
                System.nanoTime(), // the clock of the media plane
                bytes);
    }
}
