package io.siprec.core.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides on the m-lines of one offer, in order. */
final class LinePlanner {
    private static final Set<String> PROFILES = Set.of("RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF");

    private final SessionDescription offer;
    private final AnswerCapabilities capabilities;
    private int accepted;

    LinePlanner(SessionDescription offer, AnswerCapabilities capabilities) {
        this.offer = offer;
        this.capabilities = capabilities;
    }

    PlannedLine plan(int index, MediaDescription line) {
        List<PayloadFormat> formats = formats(line);
        Optional<CryptoChoice> crypto = line.isSecure() ? capabilities.secure().choose(line) : Optional.empty();
        Optional<Refusal> refusal = refusal(line, formats, crypto);
        if (refusal.isPresent()) {
            String text = "m-line " + (index + 1) + ": " + text(refusal.get(), line);
            return PlannedLine.refused(index, line, refusal.get().warningCode, text);
        }
        accepted++;
        Optional<RemoteAddress> rtp = RemoteAddresses.rtp(offer.connectionOf(line), line);
        return new PlannedLine(
                index,
                line,
                Optional.empty(),
                0,
                direction(line),
                formats,
                line.label(),
                rtp,
                rtp.flatMap(address -> RemoteAddresses.rtcp(address, line)),
                crypto);
    }

    private String text(Refusal refusal, MediaDescription line) {
        if (refusal != Refusal.NO_FORMAT) return refusal.text;
        return refusal.text + ", offered " + FormatNames.offered(line) + ", taken "
                + FormatNames.taken(capabilities.decodable().keySet());
    }

    private Optional<Refusal> refusal(
            MediaDescription line, List<PayloadFormat> formats, Optional<CryptoChoice> crypto) {
        String protocol = line.protocol().toUpperCase(Locale.ROOT);
        if (line.port() == 0) return Optional.of(Refusal.DISABLED);
        if (!line.type().equalsIgnoreCase("audio")) return Optional.of(Refusal.NOT_AUDIO);
        if (line.isSecure() && crypto.isEmpty()) return Optional.of(encrypted(line));
        if (!line.isSecure() && capabilities.secure().required()) return Optional.of(Refusal.CLEAR);
        if (!PROFILES.contains(protocol)) return Optional.of(Refusal.TRANSPORT);
        if (formats.isEmpty()) return Optional.of(Refusal.NO_FORMAT);
        Optional<AddressFamily> family = offer.connectionOf(line).map(Connection::family);
        if (family.isPresent() && !capabilities.families().contains(family.get())) return Optional.of(Refusal.FAMILY);
        return accepted < capabilities.maxStreams() ? Optional.empty() : Optional.of(Refusal.TOO_MANY);
    }

    private Refusal encrypted(MediaDescription line) {
        boolean keysByDtls = line.isDtls()
                || line.attributes("crypto").isEmpty()
                        && offer.fingerprintOf(line).isPresent();
        if (keysByDtls) return Refusal.DTLS;
        return capabilities.secure().suites().isEmpty() ? Refusal.ENCRYPTED : Refusal.NO_KEY;
    }

    /** What can be decoded; where that is nothing, all audio, whose packets may still be kept. */
    private List<PayloadFormat> formats(MediaDescription line) {
        List<PayloadFormat> offered = line.payloadFormats();
        List<PayloadFormat> decodable = taken(offered, capabilities::decodes);
        return decodable.isEmpty() ? taken(offered, PayloadFormat::isAudio) : decodable;
    }

    /** With the events and the comfort noise of the same clock rates (RFC 4733 §2.5.1.1). */
    private List<PayloadFormat> taken(List<PayloadFormat> offered, Predicate<PayloadFormat> audio) {
        Set<Integer> clockRates =
                offered.stream().filter(audio).map(PayloadFormat::clockRateHz).collect(Collectors.toSet());
        return offered.stream()
                .filter(format -> audio.test(format)
                        || (format.isTelephoneEvent() || format.isComfortNoise())
                                && clockRates.contains(format.clockRateHz()))
                .map(capabilities::answered)
                .toList();
    }

    private Direction direction(MediaDescription line) {
        return switch (offer.directionOf(line)) {
            case SENDRECV, SENDONLY -> Direction.RECVONLY;
            case RECVONLY, INACTIVE -> Direction.INACTIVE;
        };
    }

    /** Why a line is not recorded, with the Warning code that says so (RFC 3261 §20.43). */
    private enum Refusal {
        DISABLED(399, "offered with port 0"),
        NOT_AUDIO(304, "not audio"),
        ENCRYPTED(302, "encrypted media (SRTP) is not taken here, offer RTP/AVP, or send its keys over TLS"),
        DTLS(302, "encrypted media by DTLS-SRTP is not supported"),
        CLEAR(302, "media is not encrypted, and only encrypted media is recorded here: offer RTP/SAVP with a=crypto"),
        NO_KEY(302, "encrypted media without an a=crypto that is supported"),
        TRANSPORT(302, "transport is neither RTP/AVP nor RTP/AVPF"),
        NO_FORMAT(305, "no format that can be recorded"),
        FAMILY(301, "address family is not available"),
        TOO_MANY(399, "more streams than one recording may have");

        private final int warningCode;
        private final String text;

        Refusal(int warningCode, String text) {
            this.warningCode = warningCode;
            this.text = text;
        }
    }
}
