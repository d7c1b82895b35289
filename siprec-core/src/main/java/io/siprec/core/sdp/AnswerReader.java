package io.siprec.core.sdp;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the peer's answer to one offer of ours, line by line: what can be recorded under it is. */
final class AnswerReader {
    private final SessionDescription offer;
    private final SessionDescription answer;
    private final AnswerCapabilities capabilities;
    private final Findings findings = new Findings();

    AnswerReader(SessionDescription offer, SessionDescription answer, AnswerCapabilities capabilities) {
        this.offer = offer;
        this.answer = answer;
        this.capabilities = capabilities;
    }

    TakenAnswer read() {
        int offered = offer.media().size();
        int answered = answer.media().size();
        if (offered != answered) {
            findings.add(
                    FindingCode.SDP_ANSWER_LINE_COUNT,
                    "an answer of " + answered + " m-lines to an offer of " + offered);
        }
        List<PlannedLine> lines = new ArrayList<>();
        for (int i = 0; i < offered; i++) {
            MediaDescription ours = offer.media().get(i);
            lines.add(
                    i < answered
                            ? line(i, ours, answer.media().get(i))
                            : PlannedLine.refused(i, ours, 399, "m-line " + (i + 1) + ": not in the answer"));
        }
        return new TakenAnswer(lines, findings.toList());
    }

    private PlannedLine line(int index, MediaDescription ours, MediaDescription theirs) {
        Optional<String> refusal = refusal(ours, theirs);
        if (refusal.isPresent()) {
            return PlannedLine.refused(index, theirs, 399, "m-line " + (index + 1) + ": " + refusal.get());
        }
        Optional<RemoteAddress> rtp = RemoteAddresses.rtp(answer.connectionOf(theirs), theirs);
        return new PlannedLine(
                index,
                theirs,
                Optional.empty(),
                0,
                direction(index, ours, theirs),
                formats(index, ours, theirs),
                theirs.label().or(ours::label),
                rtp,
                rtp.flatMap(address -> RemoteAddresses.rtcp(address, theirs)),
                crypto(ours, theirs));
    }

    private Optional<String> refusal(MediaDescription ours, MediaDescription theirs) {
        if (ours.port() == 0) return Optional.of("offered with port 0");
        if (theirs.port() == 0) return Optional.of("refused by the answer");
        if (!theirs.type().equalsIgnoreCase(ours.type())) return Optional.of("answered with another media type");
        boolean sameSecurity = theirs.isSecure() == ours.isSecure();
        if (!sameSecurity) return Optional.of("answered with another transport");
        boolean unkeyed = ours.isSecure() && crypto(ours, theirs).isEmpty();
        return unkeyed ? Optional.of("answered without an a=crypto of ours") : Optional.empty();
    }

    /** Of our attributes the one that the answer took, with the key that the peer sends under (RFC 4568 §5.1.3). */
    private static Optional<CryptoChoice> crypto(MediaDescription ours, MediaDescription theirs) {
        if (!ours.isSecure()) return Optional.empty();
        for (CryptoAttribute offered : ours.cryptos()) {
            Optional<CryptoAttribute> taken = theirs.cryptos().stream()
                    .filter(one -> one.tag() == offered.tag() && one.suite().equals(offered.suite()))
                    .filter(CryptoAttribute::isPlain)
                    .findFirst();
            if (taken.isPresent()) return Optional.of(new CryptoChoice(taken.get(), offered));
        }
        return Optional.empty();
    }

    private Direction direction(int index, MediaDescription ours, MediaDescription theirs) {
        Direction answered = answer.directionOf(theirs);
        boolean sends = answered == Direction.SENDONLY || answered == Direction.SENDRECV;
        boolean taken = offer.directionOf(ours) == Direction.RECVONLY;
        if (sends != taken && sends || answered == Direction.RECVONLY) {
            findings.add(
                    FindingCode.SDP_ANSWER_DIRECTION,
                    "m-line " + (index + 1) + " was offered "
                            + offer.directionOf(ours).attribute() + " and answered " + answered.attribute());
        }
        return sends && taken ? Direction.RECVONLY : Direction.INACTIVE;
    }

    /** Ours that the answer chose; a sender may use our number or its own, so both are taken. */
    private List<PayloadFormat> formats(int index, MediaDescription ours, MediaDescription theirs) {
        List<PayloadFormat> offered = ours.payloadFormats();
        Map<Integer, PayloadFormat> chosen = new LinkedHashMap<>();
        for (PayloadFormat answered : theirs.payloadFormats()) {
            List<PayloadFormat> same = offered.stream()
                    .filter(one -> one.key().equals(answered.key()))
                    .toList();
            if (!same.isEmpty() || capabilities.decodes(answered)) chosen.put(answered.payloadType(), answered);
            same.forEach(one -> chosen.putIfAbsent(one.payloadType(), one));
            if (same.isEmpty()) unoffered(index, answered);
        }
        boolean audible = chosen.values().stream().anyMatch(capabilities::decodes);
        if (!audible) {
            findings.add(
                    FindingCode.SDP_ANSWER_WITHOUT_FORMAT, "the answer names no audio format of m-line " + (index + 1));
            offered.forEach(one -> chosen.putIfAbsent(one.payloadType(), one));
        }
        return List.copyOf(chosen.values());
    }

    private void unoffered(int index, PayloadFormat answered) {
        findings.add(
                FindingCode.SDP_ANSWER_UNOFFERED_FORMAT,
                "the answer to m-line " + (index + 1) + " names payload type " + answered.payloadType()
                        + " that was not offered");
    }
}
