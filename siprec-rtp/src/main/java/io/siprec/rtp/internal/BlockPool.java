package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers of one block each, made when first needed and used again. Their number bounds what can wait for the disk. */
final class BlockPool {
    private final int maxBlocks;
    private final int blockBytes;
    private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>(); // never more than maxBlocks
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger inUse = new AtomicInteger();

    BlockPool(int maxBlocks, int blockBytes) {
        this.maxBlocks = maxBlocks;
        this.blockBytes = blockBytes;
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
            return ByteBuffer.allocateDirect(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (OutOfMemoryError e) { // the limit of direct memory is lower than ours: the same as all in use
            made.decrementAndGet();
            return null;
        }
    }

    void give(ByteBuffer block) {
        free.push(block); // the one used last is still in the caches
        inUse.decrementAndGet();
    }

    /** True when three quarters are in use. */
    boolean crowded() {
        return inUse.get() > maxBlocks - maxBlocks / 4;
    }

    int inUse() {
        return inUse.get();
    }
}
