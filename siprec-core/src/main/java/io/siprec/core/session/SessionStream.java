package io.siprec.core.session;

import java.util.List;
import java.util.Objects;

/**
 * One recorded media stream of a recording session: one accepted m-line, one file.
 *
 * @param number from 1, in the order in which the streams came
 * @param label of the m-line (RFC 4574) as it is now or was last, "" when the SRC sent none
 * @param file name of the recording inside the session's folder
 * @param rtpPort where we receive its RTP
 * @param srtpSuite how it is encrypted: the crypto suite of SRTP (RFC 4568 §6.2), "" for plain RTP
 * @param phases what was negotiated when, oldest first; at least one
 * @param attributions who was heard on it when, oldest first
 */
public record SessionStream(
        int number,
        String label,
        String file,
        int rtpPort,
        String srtpSuite,
        List<StreamPhase> phases,
        List<Attribution> attributions) {
    /** Copies the lists. */
    public SessionStream {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(srtpSuite, "srtpSuite");
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a stream has at least one phase");
        }
        attributions = List.copyOf(attributions);
    }

    /** The newest phase. */
    public StreamPhase phase() {
        return phases.get(phases.size() - 1);
    }

    /** The payload formats of the newest answer, as {@code PCMU/8000}. */
    public List<String> codecs() {
        return phase().codecs();
    }

    /** False while the line is held or gone: packets are then dropped and counted. */
    public boolean receiving() {
        return phase().state() == StreamPhase.State.RECEIVING && phase().to().isEmpty();
    }

    /** Who is heard on the stream now; once the call is over, everyone who was. */
    public List<String> participantIds() {
        boolean over = phase().to().isPresent();
        return attributions.stream()
                .filter(one -> over || one.to().isEmpty())
                .map(Attribution::participantId)
                .distinct()
                .toList();
    }
}
