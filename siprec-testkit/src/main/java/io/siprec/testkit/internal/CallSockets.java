package io.siprec.testkit.internal;

import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcStreamReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The sockets and senders of a call's streams, in the order of the m-lines. */
public final class CallSockets implements AutoCloseable {
    private final List<SrcStream> streams;
    private final List<RtpSocket> sockets = new ArrayList<>();
    private final List<StreamSender> senders = new ArrayList<>();

    private CallSockets(List<SrcStream> streams) {
        this.streams = streams;
    }

    /** Binds a socket for each stream; on failure nothing stays open. */
    public static CallSockets bind(List<SrcStream> streams, InetAddress address) throws IOException {
        CallSockets all = new CallSockets(streams);
        try {
            for (SrcStream stream : streams) {
                RtpSocket socket = RtpSocket.bind(address);
                all.sockets.add(socket);
                all.senders.add(new StreamSender(stream, socket));
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** The port of each stream. */
    public List<Integer> ports() {
        return sockets.stream().map(socket -> socket.local().getPort()).toList();
    }

    /** The senders of the streams that have a target. */
    List<StreamSender> aimedSenders() {
        return IntStream.range(0, senders.size())
                .filter(i -> sockets.get(i).remote() != null)
                .mapToObj(senders::get)
                .toList();
    }

    /** Says where the packets go; a stream without a target is not sent. */
    void aim(List<Optional<InetSocketAddress>> targets) {
        for (int i = 0; i < targets.size(); i++) {
            sockets.get(i).remote(targets.get(i).orElse(null));
        }
    }

    long packetsSent() {
        return senders.stream().mapToLong(StreamSender::sent).sum();
    }

    List<SrcStreamReport> reports() {
        List<SrcStreamReport> reports = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            StreamSender sender = senders.get(i);
            RtpSocket socket = sockets.get(i);
            reports.add(new SrcStreamReport(
                    streams.get(i),
                    socket.local(),
                    Optional.ofNullable(socket.remote()),
                    sender.first(),
                    sender.last(),
                    sender.sent(),
                    sender.due(),
                    sender.failed()));
        }
        return reports;
    }

    @Override
    public void close() {
        sockets.forEach(RtpSocket::close);
    }
}
