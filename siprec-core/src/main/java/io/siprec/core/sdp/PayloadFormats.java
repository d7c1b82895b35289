package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the payload types of one m-line mean: their rtpmaps, else the static table (RFC 3551 §6). */
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

    private final Map<Integer, String> rtpmaps = new HashMap<>();
    private final Map<Integer, String> fmtps = new HashMap<>();

    /** Reads the attributes of the line once; of several for one payload type the first counts. */
    PayloadFormats(MediaDescription line) {
        for (Attribute attribute : line.attributes()) {
            if (attribute.name().equalsIgnoreCase("rtpmap")) put(rtpmaps, attribute.value());
            else if (attribute.name().equalsIgnoreCase("fmtp")) put(fmtps, attribute.value());
        }
    }

    /** The formats that could be understood, in order, each once. */
    List<PayloadFormat> of(List<String> formats) {
        List<PayloadFormat> known = new ArrayList<>(formats.size());
        boolean[] seen = new boolean[MAX_PAYLOAD_TYPE + 1];
        for (String format : formats) {
            int payloadType = Numbers.parse(format, MAX_PAYLOAD_TYPE);
            if (payloadType < 0 || seen[payloadType]) continue;
            seen[payloadType] = true;
            mapped(payloadType).or(() -> byTable(payloadType)).ifPresent(known::add);
        }
        return List.copyOf(known);
    }

    /** What its rtpmap says; empty where there is none that can be read. */
    Optional<PayloadFormat> mapped(int payloadType) {
        return Optional.ofNullable(rtpmaps.get(payloadType)).flatMap(encoding -> parse(payloadType, encoding));
    }

    /** True for an rtpmap value that can be read. */
    static boolean isReadable(String rtpmap) {
        Map<Integer, String> one = new HashMap<>(2);
        put(one, rtpmap);
        return one.values().stream().anyMatch(encoding -> parse(0, encoding, "").isPresent());
    }

    private Optional<PayloadFormat> byTable(int payloadType) {
        if (payloadType >= STATIC.length || STATIC[payloadType] == null) return Optional.empty();
        return parse(payloadType, STATIC[payloadType]);
    }

    private Optional<PayloadFormat> parse(int payloadType, String encoding) {
        return parse(payloadType, encoding, fmtps.getOrDefault(payloadType, ""));
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

    private static void put(Map<Integer, String> into, String value) {
        int blank = value.indexOf(' ');
        int payloadType = blank < 0 ? -1 : Numbers.parse(value.substring(0, blank), MAX_PAYLOAD_TYPE);
        if (payloadType >= 0)
            into.putIfAbsent(payloadType, value.substring(blank + 1).strip());
    }
}
