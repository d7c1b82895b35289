package io.siprec.core.sdp;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Offers of the recorder itself (RFC 3264 §5, §8; RFC 7866 §7.2). Pure functions. */
public final class OwnOffer {
    static final MediaDescription AUDIO =
            new MediaDescription("audio", 0, 1, "RTP/AVP", List.of(), Optional.empty(), List.of());

    private OwnOffer() {}

    /**
     * The first offer of a dialog, for an INVITE that came without one: recvonly audio in all formats that can be decoded.
     *
     * @param formats with payload types of our choice
     * @param lines the ports of each line
     */
    public static SessionDescription first(
            Origin origin, LocalAddresses addresses, List<PayloadFormat> formats, List<LocalPorts> lines) {
        List<MediaDescription> media = lines.stream()
                .map(ports -> OwnLine.live(
                        AUDIO,
                        formats,
                        format -> true,
                        Optional.empty(),
                        Direction.RECVONLY,
                        ports,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new SessionDescription(
                origin, "-", Optional.of(Connection.of(addresses.main())), List.of(), media, "0 0");
    }

    /**
     * An offer in mid-dialog: the lines of {@code current} in their order, never fewer (RFC 3264 §8). A line that is not in
     * use stays so.
     *
     * @param current our description that stands
     * @param direction of the line of that index, from 0; empty ends it by port 0
     */
    public static SessionDescription again(
            SessionDescription current, Origin origin, IntFunction<Optional<Direction>> direction) {
        MediaDescription[] media = current.media().toArray(MediaDescription[]::new);
        for (int i = 0; i < media.length; i++) {
            MediaDescription line = media[i];
            if (line.port() == 0) continue;
            media[i] = direction.apply(i).map(one -> OwnLine.turned(line, one)).orElseGet(() -> OwnLine.unused(line));
        }
        return new SessionDescription(
                origin,
                current.sessionName(),
                current.connection(),
                current.attributes(),
                List.of(media),
                current.timing());
    }
}
