package io.siprec.core.snapshot;

import java.util.List;
import java.util.Objects;

/**
 * How a line is encrypted, with its keys (RFC 4568): whoever reads a store can decrypt the calls in it.
 *
 * @param tag of the a=crypto that was chosen
 * @param suite its crypto suite, as {@code AES_CM_128_HMAC_SHA1_80}
 * @param remoteKeys those of the SRC, in its order
 * @param localKey ours, for RTCP
 * @param rollovers how often the sequence number of each source has wrapped (RFC 3711 §3.3.1); a source that is not listed
 *     is taken to be at 0
 */
public record SrtpSnapshot(int tag, String suite, List<Key> remoteKeys, Key localKey, List<Rollover> rollovers) {
    /** Copies the lists. */
    public SrtpSnapshot {
        Objects.requireNonNull(suite, "suite");
        remoteKeys = List.copyOf(remoteKeys);
        Objects.requireNonNull(localKey, "localKey");
        rollovers = List.copyOf(rollovers);
    }

    /**
     * An inline key (RFC 4568 §6.1). Its text does not show the key.
     *
     * @param keyAndSalt master key, then master salt, in base64
     * @param lifetime in packets, as written; "" for none
     * @param mki with its length, as written; "" for none
     */
    public record Key(String keyAndSalt, String lifetime, String mki) {
        public Key {
            Objects.requireNonNull(keyAndSalt, "keyAndSalt");
            Objects.requireNonNull(lifetime, "lifetime");
            Objects.requireNonNull(mki, "mki");
        }

        @Override
        public String toString() {
            return "Key[***]";
        }
    }

    /**
     * A rollover counter.
     *
     * @param ssrc the source, 0 to 2^32 - 1
     * @param count of wraps, 0 to 2^32 - 1
     */
    public record Rollover(long ssrc, long count) {}
}
