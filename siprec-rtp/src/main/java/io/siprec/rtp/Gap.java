package io.siprec.rtp;

/**
 * A span of a recording file that holds silence because its audio is not there.
 *
 * @param firstSample from the start of the file
 * @param samples the length
 * @param cause why
 */
public record Gap(long firstSample, long samples, Cause cause) {
    /** Why audio is missing. */
    public enum Cause {
        /** No packet with this audio arrived. */
        NO_PACKETS,
        /** The audio arrived but was not written: the writer's queue was full or the disk refused. */
        DISK
    }
}
