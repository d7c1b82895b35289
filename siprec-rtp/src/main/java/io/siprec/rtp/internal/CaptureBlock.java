package io.siprec.rtp.internal;

import java.nio.ByteBuffer;

/**
 * What one stream has for its capture and the disk hasn't yet. Each stream has blocks of its own, for those of a session may be
 * on different loops. Loop thread only.
 */
final class CaptureBlock {
    private static final long FLUSH_NANOS = 500_000_000L;

    private final CaptureFile file;
    private ByteBuffer block; // null while nothing waits
    private int packets;
    private long sinceNanos;

    CaptureBlock(CaptureFile file) {
        this.file = file;
    }

    /** Room for so many bytes; null when there is none, which is counted. */
    ByteBuffer room(int wanted, long nowNanos) {
        if (block != null && block.remaining() < wanted) {
            flush();
        }
        if (block == null) {
            block = file.takeBlock();
            sinceNanos = nowNanos;
        }
        if (block == null || block.remaining() < wanted) {
            file.drop();
            return null;
        }
        return block;
    }

    /** A packet is in its room. */
    void packetWritten() {
        packets++;
    }

    /** Has written what waits for long. */
    void endSweep(long nowNanos) {
        if (block != null && nowNanos - sinceNanos >= FLUSH_NANOS) {
            flush();
        }
    }

    /** Has written what waits. */
    void flush() {
        if (block != null) {
            file.write(block.flip(), packets);
            block = null;
            packets = 0;
        }
    }
}
