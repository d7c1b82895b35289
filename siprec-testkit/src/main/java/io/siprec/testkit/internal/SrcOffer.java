package io.siprec.testkit.internal;

import io.siprec.core.sdp.Attribute;
import io.siprec.core.sdp.Connection;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.Origin;
import io.siprec.core.sdp.SdpWriter;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcLine;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcTone;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The SDP of a recording session as its client writes it: one labelled line a stream (RFC 7866 §7.1.1). The version of o=
 * rises with each description that differs from the one before (RFC 3264 §8).
 */
final class SrcOffer {
    private final String sessionId;
    private final String family;
    private final String host;
    private int version;
    private byte[] lastBody = {};

    SrcOffer(long seed, InetAddress localAddress) {
        sessionId = String.valueOf(Samples.hash(seed, 3) >>> 32);
        family = localAddress instanceof Inet6Address ? "IP6" : "IP4";
        host = host(localAddress);
    }

    /** @param sockets one for each line */
    byte[] sdp(SrcMedia media, List<RtpSocket> sockets) {
        return sdpFrom(
                media, sockets.stream().map(socket -> socket.local().getPort()).toList());
    }

    /** @param ports one for each line */
    byte[] sdpFrom(SrcMedia media, List<Integer> ports) {
        List<MediaDescription> lines = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            lines.add(line(media.lines().get(i), ports.get(i)));
        }
        return versioned(lines);
    }

    /** The answer to an offer of the recorder: a line of ours for each of its lines that can be ours. */
    byte[] answer(SessionDescription theirs, SrcMedia media, List<RtpSocket> sockets) {
        List<MediaDescription> lines = new ArrayList<>();
        for (int i = 0; i < theirs.media().size(); i++) {
            MediaDescription offered = theirs.media().get(i);
            boolean fits =
                    i < media.lines().size() && takes(offered, media.lines().get(i));
            lines.add(
                    fits
                            ? answerLine(
                                    theirs.directionOf(offered), media.lines().get(i), sockets.get(i))
                            : refused(offered));
        }
        return versioned(lines);
    }

    /** Whether a line of the recorder can carry this stream. */
    static boolean takes(MediaDescription offered, SrcLine ours) {
        return offered.port() != 0
                && offered.type().equals("audio")
                && ours.state() != SrcLineState.REMOVED
                && offered.formats().contains(payloadType(ours));
    }

    private MediaDescription answerLine(Direction offered, SrcLine ours, RtpSocket socket) {
        boolean wanted = offered == Direction.RECVONLY || offered == Direction.SENDRECV;
        SrcLineState state = wanted && ours.state().sends() ? SrcLineState.SENDONLY : SrcLineState.INACTIVE;
        return line(
                new SrcLine(ours.stream(), state, ours.moves()), socket.local().getPort());
    }

    private static MediaDescription refused(MediaDescription offered) {
        return new MediaDescription(
                offered.type(), 0, 1, offered.protocol(), offered.formats(), Optional.empty(), List.of());
    }

    private byte[] versioned(List<MediaDescription> lines) {
        byte[] same = write(lines, Math.max(1, version));
        if (version > 0 && Arrays.equals(same, lastBody)) {
            return same;
        }
        version++;
        lastBody = write(lines, version);
        return lastBody.clone();
    }

    private byte[] write(List<MediaDescription> lines, int number) {
        return SdpWriter.write(new SessionDescription(
                new Origin("-", sessionId, Integer.toString(number), "IN", family, host),
                "-",
                Optional.of(new Connection(family, host)),
                List.of(),
                lines,
                "0 0"));
    }

    private MediaDescription line(SrcLine line, int port) {
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute("rtpmap", payloadType(line) + " " + line.stream().codec() + "/8000"),
                new Attribute("ptime", String.valueOf(SrcCallSettings.PACKET_TIME.toMillis())),
                new Attribute("label", line.stream().label())));
        List<String> formats = new ArrayList<>(List.of(payloadType(line)));
        if (!line.stream().tones().isEmpty()) {
            formats.add(String.valueOf(SrcTone.PAYLOAD_TYPE));
            attributes.add(1, new Attribute("rtpmap", SrcTone.PAYLOAD_TYPE + " telephone-event/8000"));
        }
        line.stream().srtp().ifPresent(keys -> attributes.add(crypto(keys)));
        line.state().direction().ifPresent(word -> attributes.add(new Attribute(word, "")));
        return new MediaDescription(
                "audio",
                line.state() == SrcLineState.REMOVED ? 0 : port,
                1,
                line.stream().srtp().isPresent() ? "RTP/SAVP" : "RTP/AVP",
                formats,
                connection(line.state()),
                attributes);
    }

    /** RFC 4568 §9.1. */
    private static Attribute crypto(SrtpKeys keys) {
        String key = Base64.getEncoder().encodeToString(keys.keyAndSalt());
        return new Attribute("crypto", "1 " + keys.suite() + " inline:" + key);
    }

    private Optional<Connection> connection(SrcLineState state) {
        String zero = family.equals("IP6") ? "::" : "0.0.0.0";
        return state.zeroAddress() ? Optional.of(new Connection(family, zero)) : Optional.empty();
    }

    private static String payloadType(SrcLine line) {
        return String.valueOf(line.stream().codec().payloadType());
    }

    /** The address without a scope, which means nothing to a peer. */
    static String host(InetAddress address) {
        String host = address.getHostAddress();
        int scope = host.indexOf('%');
        return scope < 0 ? host : host.substring(0, scope);
    }
}
