package io.siprec.server.internal.call;

import io.siprec.core.attributes.CallAttributes;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.server.CallRequest;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.server.internal.recognition.SignalledCall;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.message.SipRequest;
import java.util.Optional;

/** What a policy sees of an INVITE. */
final class CallRequests {
    private CallRequests() {}

    static CallRequest of(CallServices services, ServerInvite invite, SessionBody body) {
        SipRequest request = invite.request();
        Optional<RecordingMetadata> metadata = body.metadata().stream()
                .flatMap(document -> document.update().metadata().stream())
                .findFirst();
        CallAttributes attributes = new CallAttributes(services.attributeHeaders());
        attributes.addHeaders(AttributeHeaders.of(request));
        metadata.ifPresent(attributes::addMetadata);
        return new CallRequest(
                request.callId(),
                request.requestUri(),
                request.uri().user(),
                request.header("From").orElse(""),
                request.header("To").orElse(""),
                request.header("User-Agent").orElse(""),
                invite.source().transport(),
                invite.source().remote(),
                services.recognition().isRecordingSession(request, body),
                metadata.or(() -> SignalledCall.in(request)),
                attributes.list());
    }
}
