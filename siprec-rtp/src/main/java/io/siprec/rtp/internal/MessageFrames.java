package io.siprec.rtp.internal;

import io.siprec.rtp.CapturedMessage;
import io.siprec.rtp.internal.pcapng.BlockWriter;
import io.siprec.rtp.internal.pcapng.HeaderWriter;
import io.siprec.rtp.internal.pcapng.HeaderWriter.End;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes packets of the messages of a session's signalling. Those of a connection become segments of a TCP connection that holds
 * nothing else: its sequence numbers are counted here, so that a reader puts the messages together. Writer thread only.
 */
final class MessageFrames {
    private static final int OVERHEAD_BYTES = 256; // of a packet: its block, headers, comment
    private static final int MAX_CONNECTIONS = 64;

    private final Map<Connection, Counts> connections = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Connection, Counts> eldest) {
            return size() > MAX_CONNECTIONS;
        }
    };

    private record Connection(InetSocketAddress remote, InetSocketAddress local) {}

    private static final class Counts {
        private int received = 1;
        private int sent = 1;
    }

    /** @param content what is kept of the message */
    ByteBuffer of(CapturedMessage message, byte[] content, long epochNanos) {
        int most = HeaderWriter.MAX_PAYLOAD_BYTES;
        int segments = Math.max(1, (content.length + most - 1) / most);
        ByteBuffer out =
                ByteBuffer.allocate(content.length + segments * OVERHEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < Math.max(1, content.length); from += most) {
            segment(out, message, ByteBuffer.wrap(content, from, Math.min(most, content.length - from)), epochNanos);
        }
        return out.flip();
    }

    private void segment(ByteBuffer out, CapturedMessage message, ByteBuffer content, long epochNanos) {
        End remote = End.of(message.remote());
        End local = End.of(message.local());
        End from = message.received() ? remote : local;
        End to = message.received() ? local : remote;
        int start = BlockWriter.beginPacket(out, epochNanos);
        if (message.transport().equals("UDP")) {
            HeaderWriter.udp(out, from, to, content);
        } else {
            Counts counts = connections.computeIfAbsent(
                    new Connection(message.remote(), message.local()), connection -> new Counts());
            int length = content.remaining();
            if (message.received()) {
                HeaderWriter.tcp(out, from, to, counts.received, counts.sent, content);
                counts.received += length;
            } else {
                HeaderWriter.tcp(out, from, to, counts.sent, counts.received, content);
                counts.sent += length;
            }
        }
        BlockWriter.endData(out, start, message.received());
        int comment = BlockWriter.beginComment(out);
        out.put(("SIP over " + message.transport()).getBytes(StandardCharsets.US_ASCII));
        BlockWriter.endComment(out, comment);
        BlockWriter.endPacket(out, start);
    }
}
