package io.siprec.server;

import io.siprec.rtp.Completeness;
import io.siprec.rtp.StreamReport;
import java.util.List;
import java.util.Objects;

/**
 * What became of a recording: the same as its manifest says.
 *
 * @param completeness whether all audio that should be there is, and what is missing by cause
 * @param streams of the session, in the order of their numbers: packets, gaps, files
 */
public record RecordingReport(Completeness completeness, List<StreamReport> streams) {
    /** Copies the list. */
    public RecordingReport {
        Objects.requireNonNull(completeness, "completeness");
        streams = List.copyOf(streams);
    }

    /** Of these streams. */
    public static RecordingReport of(List<StreamReport> streams) {
        return new RecordingReport(Completeness.of(streams), streams);
    }
}
