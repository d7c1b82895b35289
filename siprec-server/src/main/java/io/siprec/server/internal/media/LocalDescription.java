package io.siprec.server.internal.media;

import io.siprec.core.sdp.Origin;
import io.siprec.core.sdp.SessionDescription;
import java.util.function.Function;

/**
 * What we last agreed on with the peer, and the versions of its o= line: one more for each change, and none twice, so
 * that what follows a refused offer is not taken for that offer (RFC 3264 §8). Loop thread only.
 */
final class LocalDescription {
    private final long sessionId;
    private SessionDescription standing; // null before the first
    private long newestVersion;

    LocalDescription(long sessionId) {
        this.sessionId = sessionId;
    }

    boolean isFirst() {
        return standing == null;
    }

    SessionDescription standing() {
        return standing;
    }

    /** What {@code description} makes of our o= line: of the standing version when nothing else changes. */
    SessionDescription next(String localAddress, Function<Origin, SessionDescription> description) {
        if (!isFirst()) {
            long version = Long.parseLong(standing.origin().version());
            SessionDescription same = description.apply(origin(version, localAddress));
            if (same.equals(standing)) {
                return same;
            }
        }
        return description.apply(origin(++newestVersion, localAddress));
    }

    void agree(SessionDescription description) {
        standing = description;
    }

    private Origin origin(long version, String localAddress) {
        String addressType = localAddress.contains(":") ? "IP6" : "IP4";
        return new Origin("siprec", Long.toString(sessionId), Long.toString(version), "IN", addressType, localAddress);
    }
}
