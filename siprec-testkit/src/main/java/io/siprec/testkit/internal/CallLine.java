package io.siprec.testkit.internal;

import io.siprec.testkit.SrcLine;
import io.siprec.testkit.SrcStreamReport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream on its m-line, from the offer that brought it to the one that ended it. Changed by one thread, reported by any. */
final class CallLine implements AutoCloseable {
    private final StreamSender sender = new StreamSender();
    private final List<RtpSocket> sockets = new ArrayList<>(); // the last one is in use
    private volatile SrcLine line;
    private volatile RtpSocket socket;
    private volatile InetSocketAddress lastRemote;

    private CallLine(SrcLine line, RtpSocket socket) {
        this.line = line;
        use(socket);
    }

    static CallLine open(SrcLine line, RtpSocket socket) {
        return new CallLine(line, socket);
    }

    StreamSender sender() {
        return sender;
    }

    SrcLine line() {
        return line;
    }

    RtpSocket socket() {
        return socket;
    }

    private void use(RtpSocket other) {
        sockets.add(other);
        socket = other;
    }

    /** Takes what was agreed: the line as offered, from where, and where to, if the recorder takes it. Sender's thread. */
    void agree(SrcLine agreed, RtpSocket from, Optional<InetSocketAddress> to) {
        line = agreed;
        if (from != socket) {
            use(from);
        }
        to.ifPresent(remote -> lastRemote = remote);
        from.remote(to.orElse(null));
        if (to.isPresent() && agreed.state().sends()) {
            sender.play(agreed.stream(), from);
        } else {
            sender.pause();
        }
    }

    SrcStreamReport report() {
        return new SrcStreamReport(
                line.stream(),
                socket.local(),
                Optional.ofNullable(lastRemote),
                sender.first(),
                sender.last(),
                sender.sent(),
                sender.due(),
                sender.failed(),
                sender.phases());
    }

    @Override
    public void close() {
        sockets.forEach(RtpSocket::close);
    }
}
