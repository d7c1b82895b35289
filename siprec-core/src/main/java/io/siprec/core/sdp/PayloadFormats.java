package io.siprec.core.sdp;

import java.util.Optional;

/** Finds out what a payload type of an m-line means: its rtpmap, else the static table (RFC 3551 §6). */
final class PayloadFormats {
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_CHANNELS = 255;
    private static final String[] STATIC = {
        "PCMU/8000",
        null,
        null,
        "GSM/8000",
        "G723/8000",
        "DVI4/8000",
        "DVI4/16000",
        "LPC/8000",
        "PCMA/8000",
        "G722/8000",
        "L16/44100/2",
        "L16/44100",
        "QCELP/8000",
        "CN/8000",
        "MPA/90000",
        "G728/8000",
        "DVI4/11025",
        "DVI4/22050",
        "G729/8000",
        null,
        null,
        null,
        null,
        null,
        null,
        "CelB/90000",
        "JPEG/90000",
        null,
        "nv/90000",
        null,
        null,
        "H261/90000",
        "MPV/90000",
        "MP2T/90000",
        "H263/90000"
    };

    private PayloadFormats() {}

    static Optional<PayloadFormat> of(MediaDescription line, String format) {
        int payloadType = Numbers.parse(format, MAX_PAYLOAD_TYPE);
        if (payloadType < 0) return Optional.empty();
        return mapped(line, payloadType).or(() -> byTable(line, payloadType));
    }

    /** What its rtpmap says; empty where there is none that can be read. */
    static Optional<PayloadFormat> mapped(MediaDescription line, int payloadType) {
        for (Attribute attribute : line.attributes()) {
            if (!attribute.name().equalsIgnoreCase("rtpmap")) continue;
            Optional<String> encoding = valueFor(payloadType, attribute.value());
            if (encoding.isPresent()) return parse(payloadType, encoding.get(), parameters(line, payloadType));
        }
        return Optional.empty();
    }

    /** True for an rtpmap value that can be read. */
    static boolean isReadable(String rtpmap) {
        int blank = rtpmap.indexOf(' ');
        if (blank < 0) return false;
        int payloadType = Numbers.parse(rtpmap.substring(0, blank), MAX_PAYLOAD_TYPE);
        return payloadType >= 0
                && parse(payloadType, rtpmap.substring(blank).strip(), "").isPresent();
    }

    private static Optional<PayloadFormat> byTable(MediaDescription line, int payloadType) {
        if (payloadType >= STATIC.length || STATIC[payloadType] == null) return Optional.empty();
        return parse(payloadType, STATIC[payloadType], parameters(line, payloadType));
    }

    private static String parameters(MediaDescription line, int payloadType) {
        for (Attribute attribute : line.attributes()) {
            if (!attribute.name().equalsIgnoreCase("fmtp")) continue;
            Optional<String> value = valueFor(payloadType, attribute.value());
            if (value.isPresent()) return value.get();
        }
        return "";
    }

    /** What stands behind the payload type, where it is the one asked for. */
    private static Optional<String> valueFor(int payloadType, String value) {
        int blank = value.indexOf(' ');
        if (blank < 0 || Numbers.parse(value.substring(0, blank), MAX_PAYLOAD_TYPE) != payloadType) {
            return Optional.empty();
        }
        return Optional.of(value.substring(blank + 1).strip());
    }

    private static Optional<PayloadFormat> parse(int payloadType, String encoding, String parameters) {
        String[] fields = encoding.split("/", 4);
        if (fields.length < 2 || fields[0].isBlank()) return Optional.empty();
        int clockRateHz = Numbers.parse(fields[1].strip(), Integer.MAX_VALUE);
        int channels = fields.length > 2 ? Numbers.parse(fields[2].strip(), MAX_CHANNELS) : 1;
        if (clockRateHz < 1) return Optional.empty();
        return Optional.of(
                new PayloadFormat(payloadType, fields[0].strip(), clockRateHz, Math.max(channels, 1), parameters));
    }
}
