package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.FreePort;
import io.siprec.rtp.PortsExhaustedException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortPoolTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private final List<PortPair> open = new ArrayList<>();
    private long nowNanos;

    @AfterEach
    void closeSockets() {
        open.forEach(PortPair::close);
    }

    private PortPool pool(int min, int max, Duration quarantine) {
        return new PortPool(new SocketFactory(Optional.of(LOCAL), 65_536), min, max, quarantine, () -> nowNanos);
    }

    private PortPair acquire(PortPool pool) throws PortsExhaustedException, IOException {
        PortPair pair = pool.acquire();
        open.add(pair);
        return pair;
    }

    @ParameterizedTest(name = "{0}..{1} holds {2} pairs")
    @CsvSource({"10000, 10001, 1", "10000, 10002, 1", "10001, 10004, 1", "10001, 10003, 1", "10000, 20000, 5000"})
    void countsPairsInsideTheRange(int min, int max, int pairs) {
        assertThat(pool(min, max, Duration.ZERO).freePairs()).isEqualTo(pairs);
    }

    @Test
    void C191_givesEvenAndNextUntilTheRangeIsUsedUp() throws Exception {
        int first = FreePort.evenRun(6);
        PortPool pool = pool(first, first + 5, Duration.ofSeconds(5));
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            PortPair pair = acquire(pool);
            assertThat(pair.rtpPort() % 2).isZero();
            assertThat(pair.rtcpPort()).isEqualTo(pair.rtpPort() + 1);
            ports.add(pair.rtpPort());
        }
        assertThat(ports).containsExactlyInAnyOrder(first, first + 2, first + 4);
        assertThat(pool.pairsInUse()).isEqualTo(3);
        assertThatThrownBy(pool::acquire)
                .as("C191")
                .isInstanceOf(PortsExhaustedException.class)
                .hasMessageContaining(first + ".." + (first + 5))
                .hasMessageContaining("3 in use");
        assertThat(pool.pairsInUse()).isEqualTo(3);
    }

    @Test
    void C191_usedPortsRestBeforeTheyAreUsedAgain() throws Exception {
        int first = FreePort.evenRun(2);
        PortPool pool = pool(first, first + 1, Duration.ofSeconds(5));
        pool.release(acquire(pool));
        nowNanos += 4_999_999_999L;
        assertThat(pool.pairsResting()).isEqualTo(1);
        assertThatThrownBy(pool::acquire).as("C191").hasMessageContaining("1 in quarantine");
        nowNanos++;
        assertThat(pool.freePairs()).isEqualTo(1);
        assertThat(acquire(pool).rtpPort()).isEqualTo(first);
    }

    @Test
    void C191_theLongestRestedPairIsNext() throws Exception {
        int first = FreePort.evenRun(6);
        PortPool pool = pool(first, first + 5, Duration.ZERO);
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            PortPair pair = acquire(pool);
            ports.add(pair.rtpPort());
            pool.release(pair);
        }
        assertThat(ports).as("C191").hasSize(3);
    }

    @ParameterizedTest(name = "port {0} of the first pair is taken by another program")
    @CsvSource({"0", "1"})
    void C191_skipsWhatOthersHold(int taken) throws Exception {
        int first = FreePort.evenRun(4);
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(LOCAL, first + taken))) {
            PortPool pool = pool(first, first + 3, Duration.ZERO);
            assertThat(acquire(pool).rtpPort()).isEqualTo(first + 2);
            assertThatThrownBy(pool::acquire).hasMessageContaining("1 held by other programs");
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void zeroMeansAnyPair() throws Exception {
        PortPool pool = pool(0, 0, Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            PortPair pair = acquire(pool);
            assertThat(pair.rtpPort() % 2).isZero();
            assertThat(pair.rtcpPort()).isEqualTo(pair.rtpPort() + 1);
        }
        assertThat(pool.pairsInUse()).isEqualTo(20);
    }
}
