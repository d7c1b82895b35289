package io.siprec.rtp;

import java.nio.ByteBuffer;

/**
 * Writes RTP packets (RFC 3550 §5.1): version 2, no padding, no extension, no CSRC. Reused from packet to packet; values
 * stay until they are set anew. Not thread-safe.
 */
public final class RtpPacketWriter {
    private boolean marker;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;

    /** All values 0. */
    public RtpPacketWriter() {}

    /** The marker bit. */
    public RtpPacketWriter marker(boolean value) {
        marker = value;
        return this;
    }

    /** 0 to 127. */
    public RtpPacketWriter payloadType(int value) {
        if (value < 0 || value > 127) {
            throw new IllegalArgumentException("payloadType must be 0..127, was " + value);
        }
        payloadType = value;
        return this;
    }

    /** The low 16 bits are written. */
    public RtpPacketWriter sequence(int value) {
        sequence = value;
        return this;
    }

    /** The low 32 bits are written. */
    public RtpPacketWriter timestamp(long value) {
        timestamp = (int) value;
        return this;
    }

    /** The low 32 bits are written. */
    public RtpPacketWriter ssrc(long value) {
        ssrc = (int) value;
        return this;
    }

    /**
     * Puts header and payload at the position of a big-endian buffer and moves the position behind them.
     *
     * @throws java.nio.BufferOverflowException when there is no room
     */
    public void write(ByteBuffer out, byte[] payload, int offset, int length) {
        out.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | payloadType));
        out.putShort((short) sequence).putInt(timestamp).putInt(ssrc);
        out.put(payload, offset, length);
    }

    /** A packet in a buffer of its own, ready to be sent. */
    public ByteBuffer packet(byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(RtpPacket.FIXED_HEADER_BYTES + payload.length);
        write(out, payload, 0, payload.length);
        return out.flip();
    }
}
