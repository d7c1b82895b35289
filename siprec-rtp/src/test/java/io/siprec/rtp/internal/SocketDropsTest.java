package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SocketDropsTest {
    private static OptionalLong answer(SocketDrops drops, InetSocketAddress local) throws Exception {
        try {
            return drops.of(local).get(20, TimeUnit.SECONDS);
        } finally {
            drops.close();
        }
    }

    @ParameterizedTest(name = "a socket on {0}")
    @CsvSource({"127.0.0.1", "0.0.0.0", "::1", "::"})
    @EnabledOnOs(OS.LINUX)
    void whatTheKernelDropsIsFound(String host) throws Exception {
        InetAddress address = InetAddress.getByName(host);
        boolean four = address.getAddress().length == 4;
        try (DatagramChannel channel =
                        DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
                DatagramSocket sender = new DatagramSocket()) {
            channel.bind(new InetSocketAddress(address, 0));
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            assertThat(answer(new SocketDrops(), local)).hasValue(0);
            InetAddress to = four ? InetAddress.getByName("127.0.0.1") : InetAddress.getByName("::1");
            for (int i = 0; i < 20_000; i++) {
                sender.send(new DatagramPacket(new byte[160], 160, to, local.getPort()));
            }
            assertThat(answer(new SocketDrops(), local).orElseThrow()).isBetween(10_000L, 19_999L);
        }
    }

    @Test
    void aSystemWithoutSuchATableTellsNothing(@TempDir Path directory) throws Exception {
        InetSocketAddress local = new InetSocketAddress("127.0.0.1", 4_000);
        Path strange = Files.writeString(directory.resolve("udp"), "header\n 1: what is this\n");
        assertThat(answer(new SocketDrops(List.of(directory.resolve("none"), strange)), local))
                .isEmpty();
        SocketDrops closed = new SocketDrops();
        closed.close();
        assertThat(answer(closed, local)).isEmpty();
    }
}
