package io.siprec.rtp;

/**
 * What became of the audio of a stream on its way through a tap, in samples unless said otherwise.
 *
 * @param audio settled and told, or waiting to be
 * @param silence of gaps, told as silence
 * @param late audio that came after its place had been told: in the recording, not in the tap
 * @param dropped settled, but dropped as the sink was too slow
 * @param failures exceptions of the sink, and times its executor refused it
 */
public record TapStatistics(long audio, long silence, long late, long dropped, long failures) {}
