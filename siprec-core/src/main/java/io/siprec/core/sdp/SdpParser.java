package io.siprec.core.sdp;

/** Reads session descriptions (RFC 8866) as the field writes them. */
public final class SdpParser {
    private SdpParser() {}

    /**
     * Reads one session description. Missing and misplaced lines, LF line ends and unknown lines are tolerated.
     *
     * @throws SdpException when it cannot be used at all: not SDP, a NUL, over a limit, an m-line without a port
     */
    public static ParsedSdp parse(byte[] sdp, SdpLimits limits) throws SdpException {
        throw new SdpException(400, "no session description");
    }
}
