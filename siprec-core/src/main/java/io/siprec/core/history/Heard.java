package io.siprec.core.history;

import io.siprec.core.session.Attribution;
import java.time.Instant;
import java.util.Optional;

/**
 * A participant who is heard on a stream now.
 *
 * @param since when, where the metadata says so
 */
record Heard(String participantId, Attribution.Grade grade, Optional<Instant> since) {}
