package io.siprec.core.session;

import java.util.List;
import java.util.Objects;

/**
 * One recorded media stream of a recording session: one accepted m-line, one file.
 *
 * @param number from 1, in the order in which the streams came
 * @param label of the m-line (RFC 4574), "" when the SRC sent none
 * @param file name of the recording inside the session's folder
 * @param rtpPort where we receive its RTP
 * @param codecs the payload formats of the answer, as {@code PCMU/8000}
 * @param receiving false while the line is inactive or gone: packets are then dropped and counted
 * @param participantIds who sends on the stream, as far as the metadata says
 */
public record SessionStream(
        int number,
        String label,
        String file,
        int rtpPort,
        List<String> codecs,
        boolean receiving,
        List<String> participantIds) {
    public SessionStream {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(file, "file");
        codecs = List.copyOf(codecs);
        participantIds = List.copyOf(participantIds);
    }
}
