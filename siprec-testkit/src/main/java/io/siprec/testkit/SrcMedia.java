package io.siprec.testkit;

import io.siprec.rtp.srtp.SrtpKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The m-lines of a call in order, as one offer of the client describes them. A changed call is described by a changed copy:
 *
 * <pre>{@code
 * call.reinvite(SrcRequest.offering(call.media().held(SrcLineState.INACTIVE)));
 * call.reinvite(SrcRequest.offering(call.media().resumed().added(third)));
 * }</pre>
 *
 * @param lines 1 to 8; lines are never taken away, only ended (RFC 3264 §8.2)
 */
public record SrcMedia(List<SrcLine> lines) {
    /** Copies the list. */
    public SrcMedia {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > SrcCallSettings.MAX_STREAMS) {
            throw new IllegalArgumentException(
                    "a call has 1 to " + SrcCallSettings.MAX_STREAMS + " streams, was " + lines.size());
        }
    }

    /** A sendonly line for each stream. */
    public static SrcMedia sending(List<SrcStream> streams) {
        return new SrcMedia(streams.stream()
                .map(stream -> new SrcLine(stream, SrcLineState.SENDONLY, 0))
                .toList());
    }

    /** The streams, those of ended lines too. */
    public List<SrcStream> streams() {
        return lines.stream().map(SrcLine::stream).toList();
    }

    /** All lines that aren't ended have this state. */
    public SrcMedia held(SrcLineState state) {
        return eachLine(line -> ended(line) ? line : new SrcLine(line.stream(), state, line.moves()));
    }

    /** The line with this label has this state. */
    public SrcMedia held(String label, SrcLineState state) {
        return theLine(label, line -> new SrcLine(line.stream(), state, line.moves()));
    }

    /** All lines that aren't ended are sendonly. */
    public SrcMedia resumed() {
        return held(SrcLineState.SENDONLY);
    }

    /** A further line (RFC 3264 §8.1). */
    public SrcMedia added(SrcStream stream) {
        List<SrcLine> more = new ArrayList<>(lines);
        more.add(new SrcLine(stream, SrcLineState.SENDONLY, 0));
        return new SrcMedia(more);
    }

    /** The line with this label is ended by port 0. */
    public SrcMedia removed(String label) {
        return held(label, SrcLineState.REMOVED);
    }

    /** The line with this label, ended or not, carries another stream from now on (RFC 3264 §8.1). */
    public SrcMedia replaced(String label, SrcStream stream) {
        return theLine(label, line -> new SrcLine(stream, SrcLineState.SENDONLY, line.moves() + 1));
    }

    /** The line with this label has another codec. */
    public SrcMedia recoded(String label, SrcCodec codec) {
        return theLine(label, line -> new SrcLine(line.stream().withCodec(codec), line.state(), line.moves()));
    }

    /** The line with this label is encrypted under these keys from now on (RFC 4568 §7.1.4). */
    public SrcMedia rekeyed(String label, SrtpKeys keys) {
        return theLine(label, line -> new SrcLine(line.stream().withSrtp(keys), line.state(), line.moves()));
    }

    /** The line with this label has another label. */
    public SrcMedia relabelled(String label, String newLabel) {
        return theLine(label, line -> new SrcLine(line.stream().withLabel(newLabel), line.state(), line.moves()));
    }

    /** The line with this label is sent from a new port; its source stays the same. */
    public SrcMedia moved(String label) {
        return theLine(label, line -> new SrcLine(line.stream(), line.state(), line.moves() + 1));
    }

    private static boolean ended(SrcLine line) {
        return line.state() == SrcLineState.REMOVED;
    }

    private SrcMedia theLine(String label, UnaryOperator<SrcLine> change) {
        if (lines.stream().noneMatch(line -> line.stream().label().equals(label))) {
            throw new IllegalArgumentException("no line has the label " + label);
        }
        return eachLine(line -> line.stream().label().equals(label) ? change.apply(line) : line);
    }

    private SrcMedia eachLine(UnaryOperator<SrcLine> change) {
        return new SrcMedia(lines.stream().map(change).toList());
    }
}
