package io.siprec.sip.internal.auth;

import io.siprec.sip.internal.auth.Nonces.Nonce;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which nonce counts were used (RFC 7616 sections 3.4 and 5.5), for all loops together and without a lock. Bounded: two
 * generations of entries, and when the younger one is full or old the older one is forgotten, after which a nonce from its
 * time is no longer taken. So a full table makes nonces grow stale early; it never lets a count pass twice. Any thread.
 */
final class NonceUses {
    private static final int WINDOW = 32;
    private static final long BITS = 0xffff_ffffL;

    private final int generationLimit;
    private final long lifetimeMs;
    private final AtomicReference<Generations> generations = new AtomicReference<>();

    /**
     * @param bornMs when {@code young} was begun
     * @param forgottenMs nonces issued up to then may have been forgotten
     */
    private record Generations(Generation young, Generation old, long bornMs, long forgottenMs) {
        AtomicLong find(Nonce nonce) {
            AtomicLong window = young.windows.get(nonce);
            return window != null ? window : old.windows.get(nonce);
        }

        Generations next(long nowMs) {
            long forgotten = Math.max(forgottenMs, old.latestMs.get());
            return new Generations(new Generation(), young, nowMs, forgotten);
        }
    }

    /** Windows by nonce, and the latest time of issue among them. */
    private static final class Generation {
        private final ConcurrentHashMap<Nonce, AtomicLong> windows = new ConcurrentHashMap<>();
        private final AtomicLong latestMs = new AtomicLong(Long.MIN_VALUE);

        AtomicLong add(Nonce nonce) {
            latestMs.accumulateAndGet(nonce.issuedMs(), Math::max);
            AtomicLong fresh = new AtomicLong();
            AtomicLong raced = windows.putIfAbsent(nonce, fresh);
            return raced == null ? fresh : raced;
        }
    }

    NonceUses(int limit, long lifetimeMs, long nowMs) {
        this.generationLimit = limit / 2;
        this.lifetimeMs = lifetimeMs;
        generations.set(new Generations(new Generation(), new Generation(), nowMs, Long.MIN_VALUE));
    }

    /** Notes a use of a nonce. False when this count was used before, or may have been. */
    boolean first(Nonce nonce, long count, long nowMs) {
        while (true) {
            Generations now = current(nowMs);
            if (nonce.issuedMs() <= now.forgottenMs) {
                return false;
            }
            AtomicLong window = now.find(nonce);
            boolean known = window != null;
            boolean first = mark(known ? window : now.young.add(nonce), count);
            if (known || !first || generations.get() == now) {
                return first;
            }
            // The generations changed while we added: another loop may have missed the entry, so look again.
        }
    }

    private Generations current(long nowMs) {
        Generations now = generations.get();
        if (nowMs - now.bornMs < lifetimeMs && now.young.windows.mappingCount() < generationLimit) {
            return now;
        }
        generations.compareAndSet(now, now.next(nowMs));
        return generations.get();
    }

    /**
     * A window holds the highest count in its upper half; in the lower half bit i says that the highest less i was used.
     * Requests may overtake each other, by some.
     */
    private static boolean mark(AtomicLong window, long count) {
        while (true) {
            long before = window.get();
            long highest = before >>> WINDOW;
            long bits = before & BITS;
            if (count > highest) {
                long shift = count - highest;
                bits = shift >= WINDOW ? 1 : bits << shift & BITS | 1;
                highest = count;
            } else {
                long bit = highest - count >= WINDOW ? bits : 1L << highest - count;
                if (count == 0 || (bits & bit) != 0) {
                    return false;
                }
                bits |= bit;
            }
            if (window.compareAndSet(before, highest << WINDOW | bits)) {
                return true;
            }
        }
    }

    int size() {
        Generations now = generations.get();
        return now.young.windows.size() + now.old.windows.size();
    }
}
