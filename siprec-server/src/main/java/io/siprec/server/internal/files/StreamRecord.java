package io.siprec.server.internal.files;

import io.siprec.core.session.SessionStream;
import io.siprec.rtp.EventList;
import io.siprec.rtp.StreamReport;
import io.siprec.rtp.StreamStatistics;
import java.util.Optional;

/**
 * One stream as the manifest tells it.
 *
 * @param stream what the session model says of it
 * @param statistics its counters at this moment
 * @param events its telephone events at this moment
 * @param report how its file came out, once the stream has ended
 */
public record StreamRecord(
        SessionStream stream, StreamStatistics statistics, EventList events, Optional<StreamReport> report) {}
