package io.siprec.sip.internal.guard;

import io.siprec.sip.guard.CidrBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of many blocks, joined to disjoint ranges in order: a look-up is a binary search over plain numbers, and nothing
 * is allocated that outlives it. Immutable.
 */
final class AddressSet {
    private final Ranges ipv4;
    private final Ranges ipv6;

    AddressSet(List<CidrBlock> blocks) {
        ipv4 = Ranges.of(blocks, Integer.BYTES);
        ipv6 = Ranges.of(blocks, 2 * Long.BYTES);
    }

    boolean isEmpty() {
        return ipv4.starts.length == 0 && ipv6.starts.length == 0;
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? ipv4.contains(0, int32(bytes))
                : ipv6.contains(int64(bytes, 0), int64(bytes, Long.BYTES));
    }

    /** What names a source: the IPv4 address, or the /64 of an IPv6 address; one never looks like the other. */
    static long source(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? 0xffffL << 32 | int32(bytes) : int64(bytes, 0);
    }

    private static long int32(byte[] bytes) {
        return (bytes[0] & 0xffL) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    private static long int64(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /** Ranges of 128-bit numbers, two longs each, high half first. */
    private record Ranges(long[] starts, long[] ends) {
        /** One range while they are being joined. */
        private record Range(long startHigh, long startLow, long endHigh, long endLow) {
            boolean joins(Range next) { // overlaps it or ends right before it
                boolean carry = endLow == -1L;
                long afterHigh = carry ? endHigh + 1 : endHigh;
                boolean last = carry && endHigh == -1L;
                return last || compare(next.startHigh, next.startLow, afterHigh, endLow + 1) <= 0;
            }

            Range join(Range next) {
                boolean longer = compare(next.endHigh, next.endLow, endHigh, endLow) > 0;
                return longer ? new Range(startHigh, startLow, next.endHigh, next.endLow) : this;
            }
        }

        static Ranges of(List<CidrBlock> blocks, int addressBytes) {
            List<Range> sorted = blocks.stream()
                    .filter(block -> block.firstAddress().length == addressBytes)
                    .map(Ranges::range)
                    .sorted((a, b) -> compare(a.startHigh, a.startLow, b.startHigh, b.startLow))
                    .toList();
            List<Range> joined = new ArrayList<>();
            for (Range next : sorted) {
                int last = joined.size() - 1;
                if (last >= 0 && joined.get(last).joins(next)) {
                    joined.set(last, joined.get(last).join(next));
                } else {
                    joined.add(next);
                }
            }
            return of(joined);
        }

        private static Ranges of(List<Range> ranges) {
            long[] starts = new long[ranges.size() * 2];
            long[] ends = new long[ranges.size() * 2];
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                starts[2 * i] = range.startHigh;
                starts[2 * i + 1] = range.startLow;
                ends[2 * i] = range.endHigh;
                ends[2 * i + 1] = range.endLow;
            }
            return new Ranges(starts, ends);
        }

        private static Range range(CidrBlock block) {
            byte[] first = block.firstAddress();
            if (first.length == Integer.BYTES) {
                long start = int32(first);
                return new Range(0, start, 0, start | 0xffffffffL >>> block.prefixBits());
            }
            ByteBuffer bytes = ByteBuffer.wrap(first);
            long high = bytes.getLong();
            long low = bytes.getLong();
            int bits = block.prefixBits();
            return new Range(high, low, high | after(bits), low | after(bits - Long.SIZE));
        }

        /** Ones after so many bits of a long. */
        private static long after(int bits) {
            return bits >= Long.SIZE ? 0 : -1L >>> Math.max(bits, 0);
        }

        boolean contains(long high, long low) {
            int from = 0;
            int to = starts.length / 2; // the last range that starts at or before the address lies in from..to
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (compare(starts[2 * middle], starts[2 * middle + 1], high, low) <= 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            int last = from - 1;
            return last >= 0 && compare(high, low, ends[2 * last], ends[2 * last + 1]) <= 0;
        }

        private static int compare(long aHigh, long aLow, long bHigh, long bLow) {
            int high = Long.compareUnsigned(aHigh, bHigh);
            return high != 0 ? high : Long.compareUnsigned(aLow, bLow);
        }
    }
}
