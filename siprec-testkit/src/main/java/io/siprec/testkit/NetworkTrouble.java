package io.siprec.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a network does to packets. What becomes of packet n of a line depends on the seed, the line and n alone, never on the
 * time. Made by a {@linkplain #builder builder}.
 *
 * @param seed of all that is left to chance
 * @param loss the share of packets that are lost, each on its own, 0 to 1
 * @param bursts losses in a row
 * @param outages times without any packet
 * @param duplication the share of packets that arrive twice, 0 to 1
 * @param delay of every packet
 * @param jitter up to so much is added to it, evenly spread: packets overtake each other where it is longer than their distance
 * @param straying the share of packets that take a longer way, 0 to 1
 * @param detour how much longer that way takes
 */
public record NetworkTrouble(
        long seed,
        double loss,
        Bursts bursts,
        List<Outage> outages,
        double duplication,
        Duration delay,
        Duration jitter,
        double straying,
        Duration detour) {
    /** Checks shares and times. */
    public NetworkTrouble {
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        requireShare("straying", straying);
        requireTime("delay", delay);
        requireTime("jitter", jitter);
        requireTime("detour", detour);
        Objects.requireNonNull(bursts, "bursts");
        outages = List.copyOf(outages);
    }

    /**
     * Losses in a row.
     *
     * @param begin the share of packets with which a burst begins, 0 to 1
     * @param minPackets the shortest
     * @param maxPackets the longest
     */
    public record Bursts(double begin, int minPackets, int maxPackets) {
        static final Bursts NONE = new Bursts(0, 1, 1);

        /** Checks shares and lengths. */
        public Bursts {
            requireShare("begin", begin);
            if (minPackets < 1 || maxPackets < minPackets) {
                throw new IllegalArgumentException(
                        "a burst has 1 packet or more, was " + minPackets + " to " + maxPackets);
            }
        }
    }

    /**
     * A time without any packet.
     *
     * @param firstPacket the number of the first that is lost, from 0
     * @param packets how many are lost
     */
    public record Outage(long firstPacket, long packets) {
        /** Checks that both are possible. */
        public Outage {
            if (firstPacket < 0 || packets < 1) {
                throw new IllegalArgumentException("an outage of " + packets + " packets from " + firstPacket);
            }
        }

        /** Whether this packet is lost by it. */
        public boolean covers(long packet) {
            return packet >= firstPacket && packet - firstPacket < packets;
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, was " + share);
        }
    }

    private static void requireTime(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + time);
        }
    }

    /** A network without any trouble, to begin with. */
    public static Builder builder(long seed) {
        return new Builder(seed);
    }

    /** Collects troubles; none is there by default. */
    public static final class Builder {
        private final long seed;
        private double loss;
        private Bursts bursts = Bursts.NONE;
        private final List<Outage> outages = new ArrayList<>();
        private double duplication;
        private Duration delay = Duration.ZERO;
        private Duration jitter = Duration.ZERO;
        private double straying;
        private Duration detour = Duration.ZERO;

        private Builder(long seed) {
            this.seed = seed;
        }

        /** Loses this share of the packets, each on its own. */
        public Builder loss(double share) {
            loss = share;
            return this;
        }

        /** Begins a burst of losses with this share of the packets. */
        public Builder bursts(double begin, int minPackets, int maxPackets) {
            bursts = new Bursts(begin, minPackets, maxPackets);
            return this;
        }

        /** Loses so many packets in a row from this one on, on every line. */
        public Builder outage(long firstPacket, long packets) {
            outages.add(new Outage(firstPacket, packets));
            return this;
        }

        /** Delivers this share of the packets twice; the second copy has a jitter of its own. */
        public Builder duplication(double share) {
            duplication = share;
            return this;
        }

        /** Delays every packet. */
        public Builder delay(Duration value) {
            delay = value;
            return this;
        }

        /** Delays each packet by up to so much more. */
        public Builder jitter(Duration most) {
            jitter = most;
            return this;
        }

        /** Sends this share of the packets on a way that takes so much longer: those behind overtake them. */
        public Builder reorder(double share, Duration longer) {
            straying = share;
            detour = longer;
            return this;
        }

        /** The settings as they are now. */
        public NetworkTrouble build() {
            return new NetworkTrouble(seed, loss, bursts, outages, duplication, delay, jitter, straying, detour);
        }
    }
}
