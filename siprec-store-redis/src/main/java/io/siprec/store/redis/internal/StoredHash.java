package io.siprec.store.redis.internal;

import static io.siprec.store.redis.internal.RedisCall.text;

import io.lettuce.core.KeyValue;
import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.snapshot.SnapshotFormatException;
import io.siprec.core.snapshot.SnapshotJson;
import io.siprec.core.spi.StoredSession;
import io.siprec.core.spi.UnreadableSessionException;
import java.util.List;
import java.util.Optional;

/** A session as it stands in its hash. */
final class StoredHash {
    private static final String[] FIELDS = {"v", "n", "j"};

    private StoredHash() {}

    static String[] fields() {
        return FIELDS.clone();
    }

    /** Empty when there is no such hash. */
    static Optional<StoredSession> read(SessionId id, List<KeyValue<String, byte[]>> values)
            throws UnreadableSessionException {
        if (values.stream().noneMatch(KeyValue::hasValue)) {
            return Optional.empty();
        }
        if (!values.stream().allMatch(KeyValue::hasValue)) {
            throw new UnreadableSessionException(id, "its hash is incomplete");
        }
        try {
            SessionSnapshot snapshot = SnapshotJson.read(values.get(2).getValue());
            if (!snapshot.session().id().equals(id)) {
                throw new UnreadableSessionException(id, "it is another session");
            }
            long version = Long.parseLong(text(values.get(0).getValue()));
            return Optional.of(
                    new StoredSession(snapshot.withNode(text(values.get(1).getValue())), version));
        } catch (SnapshotFormatException e) {
            throw new UnreadableSessionException(id, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableSessionException(id, "its version is none");
        }
    }
}
