package io.siprec.rtp;

import java.util.Locale;

/**
 * A span of a recording file that holds silence because no audio was put there.
 *
 * @param firstSample from the start of the file
 * @param samples the length
 * @param cause why
 */
public record Gap(long firstSample, long samples, Cause cause) {
    /** Why there is no audio. Where a span has two causes it is cut by the number of packets of each, in this order. */
    public enum Cause {
        /** The recording was paused by us. */
        PAUSE(false),
        /** The line was inactive: held by the sender, or not yet active. */
        HOLD(false),
        /** The sender's clock was replaced (SSRC change, restart, jump): what lies between is measured by arrival. */
        REANCHORED(true),
        /**
         * Packets are missing by their sequence numbers, or came too late for their place; or after the last audio such were
         * refused as may be the sender's: for their source, payload type or key.
         */
        NETWORK(true),
        /** Packets came that no decoder here takes. */
        UNDECODABLE(true),
        /** Only comfort noise or telephone events came: the sender had no audio to send. */
        NO_AUDIO(false),
        /** The sender sent nothing: no sequence number is missing. */
        NO_PACKETS(false),
        /** The audio came but was not written: the writer's queue was full or the disk refused. */
        DISK(true);

        private final boolean missing;

        Cause(boolean missing) {
            this.missing = missing;
        }

        /** The name in manifests: {@code no-packets}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** True when audio that was sent, or may have been, isn't in the recording although it should be. */
        public boolean missing() {
            return missing;
        }
    }
}
