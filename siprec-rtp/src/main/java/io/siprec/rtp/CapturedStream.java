package io.siprec.rtp;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A stream's part in a packet capture. All streams of a capture belong to one recording, and have its origin.
 *
 * @param number of the stream in it, from 1
 * @param localAddress that packets are shown to have come to: where the sender was told to send to
 */
public record CapturedStream(PacketCapture capture, int number, InetAddress localAddress) {
    /** Checks the number. */
    public CapturedStream {
        Objects.requireNonNull(capture, "capture");
        Objects.requireNonNull(localAddress, "localAddress");
        if (number < 1) {
            throw new IllegalArgumentException("number must be >= 1, was " + number);
        }
    }
}
