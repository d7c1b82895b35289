package io.siprec.server.internal.recognition;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipUri;
import java.util.Optional;

/**
 * The built-in bridge of Cisco phones: CUCM places one call for what the near end (the recorded phone) says and one for the
 * far end, and describes both parties in parameters of the From URI of each:
 * {@code <sip:1001@192.0.2.1;x-nearend;x-refci=26;x-nearendaddr=1001;x-farendrefci=27;x-farendaddr=1000>}. The parties are
 * known by their call legs, so that after a transfer another one is another one.
 */
final class BuiltInBridge {
    private BuiltInBridge() {}

    static Optional<SignalledCall> in(SipRequest request) {
        SipUri from = request.from().uri();
        boolean far = from.parameter("x-farend").isPresent();
        if (!far && from.parameter("x-nearend").isEmpty()) {
            return Optional.empty();
        }
        SignalledCall call = new SignalledCall(request.callId());
        String near = "near end " + from.parameter("x-refci").orElse("");
        String distant = "far end " + from.parameter("x-farendrefci").orElse("");
        call.participant(near.stripTrailing(), from.parameter("x-nearendaddr").orElse(from.user()), "");
        call.participant(distant.stripTrailing(), from.parameter("x-farendaddr").orElse(""), "");
        call.sends((far ? distant : near).stripTrailing(), 0);
        return Optional.of(call);
    }
}
