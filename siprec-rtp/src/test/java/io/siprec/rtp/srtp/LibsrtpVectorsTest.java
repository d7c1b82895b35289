package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packets of another SRTP stack, all suites, with and without MKI. */
class LibsrtpVectorsTest {
    private final SrtpScratch scratch = new SrtpScratch();
    private final Map<String, SrtpReceiver> receivers = new HashMap<>();
    private final Map<String, SrtpSender> senders = new HashMap<>();

    @Test
    void C203_C204_opensAndMakesThePacketsOfLibsrtp() throws IOException {
        List<String[]> vectors = vectors();
        assertThat(vectors).hasSize(2 * SrtpSuite.values().length * 6);
        for (String[] vector : vectors) {
            SrtpKeys keys = keys(vector);
            boolean rtcp = vector[3].equals("rtcp");
            String why = String.join(" ", vector);

            ByteBuffer received = ByteBuffer.wrap(Hex.bytes(vector[5]));
            SrtpReceiver receiver = receivers.computeIfAbsent(vector[2], k -> new SrtpReceiver(List.of(keys), scratch));
            SrtpOutcome outcome = rtcp ? receiver.unprotectRtcp(received) : receiver.unprotect(received);
            assertThat(outcome).as(why).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(Hex.of(received)).as(why).isEqualTo(vector[4]);

            ByteBuffer sent = Hex.roomy(Hex.bytes(vector[4]));
            SrtpSender sender = senders.computeIfAbsent(vector[2], k -> sender(keys));
            if (rtcp) {
                sender.protectRtcp(sent);
            } else {
                sender.protect(sent);
            }
            assertThat(Hex.of(sent)).as(why).isEqualTo(vector[5]);
        }
    }

    /** Libsrtp's first SRTCP index is 1. */
    private SrtpSender sender(SrtpKeys keys) {
        SrtpSender sender = new SrtpSender(keys, scratch);
        sender.protectRtcp(Hex.roomy(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1}));
        return sender;
    }

    private static SrtpKeys keys(String[] vector) {
        SrtpKeys keys = SrtpKeys.of(SrtpSuite.valueOf(vector[0]), Hex.bytes(vector[2]));
        return vector[1].equals("-") ? keys : keys.withMki(Hex.bytes(vector[1]));
    }

    private static List<String[]> vectors() throws IOException {
        try (InputStream in = LibsrtpVectorsTest.class.getResourceAsStream("libsrtp-2.5.0.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
        }
    }
}
