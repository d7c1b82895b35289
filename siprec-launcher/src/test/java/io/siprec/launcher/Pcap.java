package io.siprec.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes UDP packets as a classic capture file, for sipp to play: Ethernet, IPv4, microseconds. */
final class Pcap {
    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int UDP_BYTES = 8;

    private Pcap() {}

    /**
     * One packet.
     *
     * @param timeUs since the start of the capture
     * @param port destination; sipp keeps the distance to the lowest one
     */
    record Packet(long timeUs, int port, byte[] payload) {}

    static void write(Path file, List<Packet> packets) throws IOException {
        try (var out = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(fileHeader());
            for (Packet packet : packets) {
                out.write(record(packet));
            }
        }
    }

    private static ByteBuffer fileHeader() {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0);
        return header.putInt(65_535).putInt(1).flip();
    }

    private static ByteBuffer record(Packet packet) {
        int udpBytes = UDP_BYTES + packet.payload().length;
        int bytes = ETHERNET_BYTES + IP_BYTES + udpBytes;
        ByteBuffer record = ByteBuffer.allocate(16 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) (packet.timeUs() / 1_000_000)).putInt((int) (packet.timeUs() % 1_000_000));
        record.putInt(bytes).putInt(bytes).order(ByteOrder.BIG_ENDIAN);
        record.put(new byte[12]).putShort((short) 0x0800);
        record.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IP_BYTES + udpBytes))
                .putInt(0);
        record.put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(0x7f000001)
                .putInt(0x7f000001);
        record.putShort((short) packet.port()).putShort((short) packet.port());
        record.putShort((short) udpBytes).putShort((short) 0).put(packet.payload());
        return record.flip();
    }
}
