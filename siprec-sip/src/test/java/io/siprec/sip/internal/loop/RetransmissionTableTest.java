package io.siprec.sip.internal.loop;

import static io.siprec.sip.internal.loop.RetransmissionTable.RECEIVED;
import static io.siprec.sip.internal.loop.RetransmissionTable.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.PeerRetransmissions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetransmissionTableTest {

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    @Test
    void thePeerThatWasQuietForTheLongestTimeMakesRoom() throws UnknownHostException {
        RetransmissionTable table = new RetransmissionTable(2);
        assertThat(table.count(address(1), RECEIVED)).isTrue();
        assertThat(table.count(address(2), SENT)).isTrue();
        assertThat(table.count(address(1), SENT)).isTrue();
        assertThat(table.count(address(3), SENT)).as("2 goes").isFalse();
        assertThat(RetransmissionTable.together(List.of(table)))
                .containsExactly(new PeerRetransmissions(address(1), 1, 1), new PeerRetransmissions(address(3), 0, 1));
    }

    @Test
    void severalLoopsCountTogether() throws UnknownHostException {
        RetransmissionTable one = new RetransmissionTable(10);
        RetransmissionTable two = new RetransmissionTable(10);
        one.count(address(1), RECEIVED);
        two.count(address(1), RECEIVED);
        two.count(address(2), SENT);
        two.count(address(2), SENT);
        two.count(address(2), RECEIVED);
        assertThat(RetransmissionTable.together(List.of(one, two)))
                .containsExactly(new PeerRetransmissions(address(2), 1, 2), new PeerRetransmissions(address(1), 2, 0));
    }
}
