package io.siprec.rtp;

/**
 * A span of a recording to which a mixer's source contributed, as the CSRC lists of its packets say (RFC 3550 §5.1, RFC 7866
 * §8.1.4). Pauses of less than a second are part of it.
 *
 * @param csrc the contributing source
 * @param firstSample from the start of the file
 * @param samples the length
 */
public record Contribution(long csrc, long firstSample, long samples) {}
