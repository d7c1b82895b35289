package io.siprec.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A way of one media stream through a {@link UdpRelay}: a port pair that stands for the client's towards the recorder. Packets
 * to the pair from anybody but the recorder are the client's. Any thread.
 */
public interface RelayLine {
    /** Where the client sends RTP, and where the recorder sees it come from. RTCP has the next port. */
    InetSocketAddress address();

    /** The recorder's address for RTP; RTCP goes to the next port. What comes before this is called is lost. */
    void forwardTo(InetSocketAddress recorder);

    /** What happened up to now. */
    RelayAccount account();

    /** Waits until the account is as wanted; the last one when it was not in time. */
    RelayAccount await(Predicate<RelayAccount> wanted, Duration patience) throws InterruptedException;
}
