package io.siprec.testkit.internal;

import io.siprec.testkit.NetworkTrouble;
import java.util.SplittableRandom;

/** What becomes of the packets of one line, one after the other. Drawn from the seed, so that it is the same each time. */
final class PacketFates {
    private final NetworkTrouble trouble;
    private final SplittableRandom random;
    private long next;
    private int burstLeft;

    PacketFates(NetworkTrouble trouble, int line) {
        this.trouble = trouble;
        this.random = new SplittableRandom(Samples.hash(trouble.seed(), line));
    }

    /** After how many nanoseconds each copy of the next packet leaves; none for a packet that is lost. */
    long[] next() {
        long number = next++;
        // Drawn for every packet, so that a trouble that is added leaves the others where they were.
        boolean alone = chance(trouble.loss());
        boolean burst = inBurst();
        boolean twice = chance(trouble.duplication());
        boolean astray = chance(trouble.straying());
        long firstNs = delayNs(astray);
        long secondNs = delayNs(astray);
        if (alone || burst || trouble.outages().stream().anyMatch(outage -> outage.covers(number))) {
            return new long[0];
        }
        return twice ? new long[] {firstNs, secondNs} : new long[] {firstNs};
    }

    private boolean inBurst() {
        boolean begins = chance(trouble.bursts().begin());
        int length =
                random.nextInt(trouble.bursts().minPackets(), trouble.bursts().maxPackets() + 1);
        if (burstLeft == 0 && begins) {
            burstLeft = length;
        }
        if (burstLeft == 0) {
            return false;
        }
        burstLeft--;
        return true;
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private long delayNs(boolean astray) {
        long jitterNs = (long) (random.nextDouble() * trouble.jitter().toNanos());
        return trouble.delay().toNanos() + jitterNs + (astray ? trouble.detour().toNanos() : 0);
    }
}
