package io.siprec.core.snapshot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One m-line as it stands.
 *
 * @param number of the m-line, from 1
 * @param stream number of the session's stream that it is recorded as; 0 where it is not recorded
 * @param label of the line (RFC 4574), "" for none
 * @param profile as {@code RTP/AVP}
 * @param direction as we answered: {@code recvonly}, {@code inactive}
 * @param remoteRtp where the SRC says that it sends from, as {@code host:port}; empty where it doesn't say
 * @param remoteRtcp where our reports go, likewise; empty where it is the port after RTP's, or RTP's with {@code rtcpMux}
 * @param rtcpMux whether RTCP comes on RTP's port (RFC 5761)
 * @param formats as answered, in order
 * @param srtp how it is encrypted; empty for plain RTP
 */
public record LineSnapshot(
        int number,
        int stream,
        String label,
        String profile,
        String direction,
        Optional<String> remoteRtp,
        Optional<String> remoteRtcp,
        boolean rtcpMux,
        List<Format> formats,
        Optional<SrtpSnapshot> srtp) {
    /** Copies the list. */
    public LineSnapshot {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(remoteRtp, "remoteRtp");
        Objects.requireNonNull(remoteRtcp, "remoteRtcp");
        formats = List.copyOf(formats);
        Objects.requireNonNull(srtp, "srtp");
    }

    /**
     * A payload format of a line.
     *
     * @param payloadType as both sides use it
     * @param encoding as {@code PCMU}
     * @param clockRateHz of its RTP timestamps
     * @param channels of its audio
     * @param parameters of its a=fmtp, "" for none
     */
    public record Format(int payloadType, String encoding, int clockRateHz, int channels, String parameters) {
        public Format {
            Objects.requireNonNull(encoding, "encoding");
            Objects.requireNonNull(parameters, "parameters");
        }
    }
}
