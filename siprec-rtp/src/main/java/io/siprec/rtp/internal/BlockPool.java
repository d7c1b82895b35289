package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers of one block each, made when first needed and used again. Their number bounds what can wait for the disk. */
final class BlockPool {
    private final int maxBlocks;
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>(); // never more than maxBlocks
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger inUse = new AtomicInteger();

    BlockPool(int maxBlocks) {
        this.maxBlocks = maxBlocks;
    }

    /** An empty buffer, or null when all are in use. */
    ByteBuffer take() {
        ByteBuffer block = free.poll();
        if (block == null) {
            block = make();
        }
        if (block != null) {
            inUse.incrementAndGet();
            block.clear();
        }
        return block;
    }

    private ByteBuffer make() {
        if (made.incrementAndGet() > maxBlocks) {
            made.decrementAndGet();
            return null;
        }
        try {
            return ByteBuffer.allocateDirect(2 * BlockSink.MAX_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        } catch (OutOfMemoryError e) { // the limit of direct memory is lower than ours: the same as all in use
            made.decrementAndGet();
            return null;
        }
    }

    void give(ByteBuffer block) {
        free.add(block);
        inUse.decrementAndGet();
    }

    int inUse() {
        return inUse.get();
    }
}
