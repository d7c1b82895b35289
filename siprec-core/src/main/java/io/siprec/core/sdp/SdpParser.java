package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Reads session descriptions (RFC 8866) as the field writes them. */
public final class SdpParser {
    private static final int BAD_REQUEST = 400;

    private SdpParser() {}

    /**
     * Reads one session description. Missing and misplaced lines, LF line ends and unknown lines are tolerated.
     *
     * @throws SdpException when it cannot be used at all: not SDP, a NUL, over a limit, an m-line without a port
     */
    public static ParsedSdp parse(byte[] sdp, SdpLimits limits) throws SdpException {
        if (sdp.length > limits.maxBytes()) {
            throw new SdpException(BAD_REQUEST, "session description over " + limits.maxBytes() + " bytes");
        }
        for (byte octet : sdp) {
            if (octet == 0) throw new SdpException(BAD_REQUEST, "NUL in the session description");
        }
        Findings findings = new Findings();
        SdpReader reader = new SdpReader(limits, findings);
        SessionDescription description = reader.read(text(sdp, findings));
        return new ParsedSdp(description, findings.toList());
    }

    private static String text(byte[] sdp, Findings findings) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(sdp)).toString();
        } catch (CharacterCodingException e) {
            findings.add(FindingCode.SDP_NOT_UTF8, "session description that is not UTF-8");
            return new String(sdp, ISO_8859_1);
        }
    }
}
