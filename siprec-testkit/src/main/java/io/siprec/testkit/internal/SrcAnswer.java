package io.siprec.testkit.internal;

import io.siprec.core.sdp.Connection;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads where an answer wants the packets (RFC 3264 §6). */
final class SrcAnswer {
    private SrcAnswer() {}

    /** The body of the answer as text. */
    static String text(SipResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /**
     * The target of each stream; empty for those that the answer refuses or doesn't listen to.
     *
     * @throws UnusableAnswerException when the lines of the answer are not those of the offer
     */
    static List<Optional<InetSocketAddress>> targets(SipResponse response, int streams) throws UnusableAnswerException {
        SessionDescription answer = description(response);
        if (answer.media().size() != streams) {
            throw new UnusableAnswerException(
                    "the answer has " + answer.media().size() + " m-lines, the offer " + streams + " (RFC 3264 §6)");
        }
        List<Optional<InetSocketAddress>> targets = new ArrayList<>();
        for (MediaDescription line : answer.media()) {
            targets.add(target(answer, line));
        }
        return targets;
    }

    /** The session description of a message. */
    static SessionDescription description(SipMessage response) throws UnusableAnswerException {
        String type = response.contentType().orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/sdp")) {
            throw new UnusableAnswerException(
                    type.isEmpty() ? "the answer has no SDP" : "the body of the answer is no SDP");
        }
        try {
            return SdpParser.parse(response.body(), SdpLimits.defaults()).description();
        } catch (SdpException e) {
            throw new UnusableAnswerException("the SDP of the answer can't be read: " + e.getMessage());
        }
    }

    /** Where one line wants the packets. */
    static Optional<InetSocketAddress> target(SessionDescription answer, MediaDescription line)
            throws UnusableAnswerException {
        Direction direction = answer.directionOf(line);
        boolean listens = direction == Direction.RECVONLY || direction == Direction.SENDRECV;
        if (line.port() == 0 || !listens) {
            return Optional.empty();
        }
        String host = answer.connectionOf(line)
                .map(Connection::address)
                .orElseThrow(() -> new UnusableAnswerException("the answer names no address (c=)"));
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), line.port()));
        } catch (UnknownHostException e) {
            throw new UnusableAnswerException("the address of the answer (c=) is unknown");
        }
    }
}
