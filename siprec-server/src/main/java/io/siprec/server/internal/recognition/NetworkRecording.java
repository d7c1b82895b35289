package io.siprec.server.internal.recognition;

import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cisco network-based recording: a plain INVITE with a header for each participant, which names the m-lines that carry what
 * the participant says: {@code X-Cisco-Recording-Participant: sip:1000@192.0.2.1;media-index="0 2"}.
 */
final class NetworkRecording {
    private static final String PARTICIPANT = "X-Cisco-Recording-Participant";
    private static final int MOST_PARTICIPANTS = 32;
    private static final int MOST_LINES = 64;
    private static final Pattern INDEX = Pattern.compile("\\d{1,3}");

    private NetworkRecording() {}

    static Optional<SignalledCall> in(SipRequest request) {
        List<NameAddress> addresses = request.addresses(PARTICIPANT);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        SignalledCall call = new SignalledCall(request.callId());
        for (NameAddress address : addresses.subList(0, Math.min(addresses.size(), MOST_PARTICIPANTS))) {
            String aor = address.uri().toString();
            call.participant(aor, aor, address.displayName());
            Matcher index = INDEX.matcher(address.parameter("media-index").orElse(""));
            while (index.find()) {
                int line = Integer.parseInt(index.group());
                if (line < MOST_LINES) {
                    call.sends(aor, line);
                }
            }
        }
        return Optional.of(call);
    }
}
