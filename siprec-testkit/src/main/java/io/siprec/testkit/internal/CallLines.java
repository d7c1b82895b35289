package io.siprec.testkit.internal;

import io.siprec.core.sdp.SessionDescription;
import io.siprec.testkit.SrcLine;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.UdpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The m-lines of a call and the streams on them: offers and answers are made of them, and change them. An offer is prepared
 * first; what it changes holds once it was accepted. The signalling loop's where nothing else is said; counts and reports are
 * anybody's.
 */
public final class CallLines implements AutoCloseable {
    private final InetAddress address;
    private final Optional<UdpRelay> relay;
    private final SrcOffer offer;
    private final List<CallLine> all =
            new CopyOnWriteArrayList<>(); // also those whose m-line has another stream by now
    // Changed by the sender's thread, between an answer and what follows from it.
    private volatile List<CallLine> current = List.of(); // by m-line
    private volatile List<Optional<InetSocketAddress>> targets = List.of();
    private volatile SrcMedia media;

    private CallLines(InetAddress address, Optional<UdpRelay> relay, SrcOffer offer, SrcMedia media) {
        this.address = address;
        this.relay = relay;
        this.offer = offer;
        this.media = media;
    }

    /** Binds a socket for each line, behind the relay if there is one; on failure nothing stays open. */
    public static CallLines bind(SrcMedia media, InetAddress address, Optional<UdpRelay> relay, long seed)
            throws IOException {
        CallLines lines = new CallLines(address, relay, new SrcOffer(seed, address), media);
        try {
            for (SrcLine line : media.lines()) {
                lines.all.add(CallLine.open(line, lines.socket()));
            }
            lines.current = List.copyOf(lines.all);
            return lines;
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** What was agreed last. Any thread. */
    SrcMedia media() {
        return media;
    }

    List<StreamSender> senders() {
        return current.stream().map(CallLine::sender).toList();
    }

    /** The offer of what is agreed. */
    public byte[] currentOffer() {
        return offer.sdp(media, current.stream().map(CallLine::socket).toList());
    }

    /** An offer that is on its way. */
    final class Change {
        private final SrcMedia next;
        private final List<CallLine> lines = new ArrayList<>();
        private final List<RtpSocket> sockets = new ArrayList<>();
        private final List<AutoCloseable> fresh = new ArrayList<>();

        private Change(SrcMedia next) {
            this.next = next;
        }

        byte[] sdp() {
            return offer.sdp(next, sockets);
        }

        /** Sends nothing that the offer ends or holds: packets after it would come too late. Sender's thread. */
        void silence() {
            for (int i = 0; i < lines.size(); i++) {
                CallLine line = lines.get(i);
                boolean stays = i < current.size() && line == current.get(i);
                if (stays && !next.lines().get(i).state().sends()) {
                    line.sender().pause();
                } else if (!stays && i < current.size()) {
                    current.get(i).sender().pause();
                }
            }
        }

        /** The offer was refused: all is as it was. Sender's thread. */
        void abandon() {
            for (AutoCloseable one : fresh) {
                closeQuietly(one);
            }
            aim(targets);
        }

        /** The offer was accepted. The new senders have to be added to the call's media. Sender's thread. */
        List<StreamSender> agree(List<Optional<InetSocketAddress>> answered) {
            List<CallLine> added =
                    lines.stream().filter(line -> !all.contains(line)).toList();
            all.addAll(added);
            current = List.copyOf(lines);
            media = next;
            targets = answered;
            for (int i = 0; i < lines.size(); i++) {
                lines.get(i).agree(next.lines().get(i), sockets.get(i), answered.get(i));
            }
            return added.stream().map(CallLine::sender).toList();
        }
    }

    /** Makes ready for an offer of this: binds the ports of lines that are new or moved. */
    Change prepare(SrcMedia next) throws IOException {
        if (next.lines().size() < current.size()) {
            throw new IllegalArgumentException("an offer has no fewer lines than the one before (RFC 3264 §8)");
        }
        Change change = new Change(next);
        try {
            for (int i = 0; i < next.lines().size(); i++) {
                place(change, i, next.lines().get(i));
            }
            return change;
        } catch (IOException | RuntimeException e) {
            change.fresh.forEach(CallLines::closeQuietly);
            throw e;
        }
    }

    private void place(Change change, int index, SrcLine next) throws IOException {
        CallLine known = index < current.size() ? current.get(index) : null;
        if (known == null || begins(known.line(), next)) {
            CallLine opened = CallLine.open(next, socket());
            change.fresh.add(opened);
            change.lines.add(opened);
            change.sockets.add(opened.socket());
        } else {
            change.lines.add(known);
            change.sockets.add(known.line().moves() == next.moves() ? known.socket() : moved(change));
        }
    }

    /** An m-line that was ended, or carried another source under another name, has a new stream. */
    private static boolean begins(SrcLine before, SrcLine next) {
        boolean again = before.state() == SrcLineState.REMOVED && next.state() != SrcLineState.REMOVED;
        boolean other = before.stream().ssrc() != next.stream().ssrc()
                && !before.stream().label().equals(next.stream().label());
        return again || other;
    }

    private RtpSocket socket() throws IOException {
        return RtpSocket.bind(address, relay);
    }

    private RtpSocket moved(Change change) throws IOException {
        RtpSocket socket = socket();
        change.fresh.add(socket);
        return socket;
    }

    /** Where the packets of what is agreed go; a stream without a target is not sent. Before the media runs, or its thread. */
    void aim(List<Optional<InetSocketAddress>> to) {
        targets = List.copyOf(to);
        for (int i = 0; i < current.size(); i++) {
            CallLine line = current.get(i);
            line.agree(media.lines().get(i), line.socket(), to.get(i));
        }
    }

    /** The recorder's offer ends lines by port 0: they stay ended in our offers (RFC 7866 §7.2). Sender's thread. */
    void end(SessionDescription theirs) {
        List<SrcLine> lines = new ArrayList<>(media.lines());
        for (int i = 0; i < Math.min(lines.size(), theirs.media().size()); i++) {
            if (theirs.media().get(i).port() == 0) {
                lines.set(
                        i,
                        new SrcLine(
                                lines.get(i).stream(),
                                SrcLineState.REMOVED,
                                lines.get(i).moves()));
            }
        }
        media = new SrcMedia(lines);
    }

    /** The answer to an offer of the recorder: what is agreed, as far as it fits. */
    byte[] answer(SessionDescription theirs) {
        return offer.answer(
                theirs, media, current.stream().map(CallLine::socket).toList());
    }

    /** Where an offer of the recorder wants our packets. */
    List<Optional<InetSocketAddress>> wanted(SessionDescription theirs) throws UnusableAnswerException {
        List<Optional<InetSocketAddress>> wanted = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            boolean fits = i < theirs.media().size()
                    && SrcOffer.takes(theirs.media().get(i), media.lines().get(i));
            wanted.add(fits ? SrcAnswer.target(theirs, theirs.media().get(i)) : Optional.empty());
        }
        return wanted;
    }

    /** No targets at all. */
    List<Optional<InetSocketAddress>> nowhere() {
        return current.stream().map(line -> Optional.<InetSocketAddress>empty()).toList();
    }

    long packetsSent() {
        return all.stream().mapToLong(line -> line.sender().sent()).sum();
    }

    List<SrcStreamReport> reports() {
        return all.stream().map(CallLine::report).toList();
    }

    @Override
    public void close() {
        all.forEach(CallLine::close);
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a socket that was never used", e);
        }
    }
}
