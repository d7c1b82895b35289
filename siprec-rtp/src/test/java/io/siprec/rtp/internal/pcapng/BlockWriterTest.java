package io.siprec.rtp.internal.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Every byte of every block that we write (draft-ietf-opsawg-pcapng §4). */
class BlockWriterTest {
    private final ByteBuffer out = ByteBuffer.allocate(1_024).order(ByteOrder.LITTLE_ENDIAN);

    /** @param expected hexadecimal, with what each part is behind {@code #} */
    private void assertWritten(String expected) {
        StringBuilder hex = new StringBuilder();
        expected.lines().forEach(line -> hex.append(line.replaceAll("#.*", "").replace(" ", "")));
        byte[] written = new byte[out.position()];
        out.get(0, written);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(hex.toString());
    }

    @Test
    void theFileHeaderIsASectionAndOneInterface() {
        BlockWriter.fileHeader(out, "siprec", "five.");
        assertWritten("""
                0a0d0d0a 38000000       # section header, 56 bytes
                4d3c2b1a 0100 0000      # little-endian, version 1.0
                ffffffffffffffff        # of a length that is not told
                0400 0600 736970726563 0000 # application: siprec
                0100 0500 666976652e 000000 # comment
                0000 0000               # no more options
                38000000
                01000000 2c000000       # interface description, 44 bytes
                6500 0000 00000000      # raw IP, packets of any length
                0200 0600 736970726563 0000 # its name: siprec
                0900 0100 09 000000     # times in 10^-9 s
                0000 0000
                2c000000
                """);
    }

    @Test
    void aPacketHasItsTimeBothLengthsDirectionAndComment() {
        int start = BlockWriter.beginPacket(out, 0x1234_5678_9abc_def0L);
        out.put(new byte[] {1, 2, 3, 4, 5});
        BlockWriter.endData(out, start, true);
        int comment = BlockWriter.beginComment(out);
        out.put("yes".getBytes(StandardCharsets.US_ASCII));
        BlockWriter.endComment(out, comment);
        BlockWriter.endPacket(out, start);
        assertWritten("""
                06000000 3c000000       # enhanced packet, 60 bytes
                00000000                # of the first interface
                78563412 f0debc9a       # the time, upper half first
                05000000 05000000       # captured, and as it was on the wire
                0102030405 000000
                0200 0400 01000000      # inbound
                0100 0300 796573 00     # comment
                0000 0000
                3c000000
                """);
    }

    @Test
    void aPacketThatWeSentIsOutbound() {
        int start = BlockWriter.beginPacket(out, 1);
        BlockWriter.endData(out, start, false);
        BlockWriter.endPacket(out, start);
        assertWritten("""
                06000000 2c000000
                00000000 00000000 01000000
                00000000 00000000
                0200 0400 02000000      # outbound
                0000 0000
                2c000000
                """);
    }

    @Test
    void aJournalEntryIsItsLinesPadded() {
        BlockWriter.journalEntry(out, "A=1\nB=2\nC\n");
        assertThat(out.position()).isEqualTo(BlockWriter.journalEntryBytes("A=1\nB=2\nC\n"));
        assertWritten("""
                09000000 18000000       # systemd journal export, 24 bytes
                413d310a423d320a430a 0000
                18000000
                """);
    }
}
