package io.siprec.testkit.internal;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import java.util.List;
import java.util.Optional;

/** The body of a request with an offer, metadata, both or neither (RFC 7866 §9.1), and the headers that describe it. */
record RequestBody(SipBody body, List<Header> headers) {
    private static final String RECORDING_SESSION = "recording-session";

    static RequestBody of(Optional<byte[]> sdp, Optional<byte[]> metadata, String metadataType) {
        if (sdp.isPresent() && metadata.isPresent()) {
            SipBody both = new MultipartWriter()
                    .part("application/sdp", "session;handling=required", sdp.get())
                    .part(metadataType, RECORDING_SESSION, metadata.get())
                    .toBody();
            return new RequestBody(both, List.of());
        }
        if (metadata.isPresent()) {
            return new RequestBody(
                    new SipBody(metadataType, metadata.get()),
                    List.of(new Header("Content-Disposition", RECORDING_SESSION)));
        }
        return new RequestBody(
                sdp.map(bytes -> new SipBody("application/sdp", bytes)).orElse(SipBody.none()), List.of());
    }
}
