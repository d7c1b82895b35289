package io.siprec.core.sdp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads a=crypto attributes (RFC 4568 §9.1). */
final class CryptoReader {
    private static final int MAX_TAG = 999_999_999;
    private static final int MAX_KEYS = 16;

    private CryptoReader() {}

    /** What can be used of the line's attributes, in order. */
    static List<CryptoAttribute> of(MediaDescription line) {
        List<CryptoAttribute> usable = new ArrayList<>();
        for (String value : line.attributes("crypto")) {
            parse(value).ifPresent(usable::add);
        }
        return List.copyOf(usable);
    }

    /** The attribute, if its form is right and its keys are as long as its suite wants them, where the suite is known. */
    static Optional<CryptoAttribute> parse(String value) {
        List<String> words = Words.of(value);
        if (words.size() < 3) return Optional.empty();
        int tag = Numbers.parse(words.get(0), MAX_TAG);
        Optional<CryptoSuite> suite = CryptoSuite.named(words.get(1));
        List<CryptoKey> keys = new ArrayList<>();
        for (String parameter : words.get(2).split(";", MAX_KEYS)) {
            Optional<CryptoKey> key = key(parameter);
            if (key.isEmpty() || !fits(key.get(), suite)) return Optional.empty();
            keys.add(key.get());
        }
        if (tag < 0 || !toldApart(keys)) return Optional.empty();
        return Optional.of(new CryptoAttribute(tag, words.get(1), keys, words.subList(3, words.size())));
    }

    private static boolean fits(CryptoKey key, Optional<CryptoSuite> suite) {
        return suite.isEmpty() || key.keyAndSalt().length == suite.get().keyAndSaltBytes();
    }

    /** Several keys need an MKI each, of one length and all different, or no packet says which is its own (RFC 4568 §6.1). */
    private static boolean toldApart(List<CryptoKey> keys) {
        if (keys.size() == 1) return true;
        List<byte[]> mkis = keys.stream().map(CryptoKey::mkiBytes).toList();
        int length = mkis.get(0).length;
        return length > 0
                && mkis.stream().allMatch(mki -> mki.length == length)
                && mkis.stream().map(ByteBuffer::wrap).distinct().count() == mkis.size();
    }

    /** {@code inline:key|lifetime|MKI:length}; the last two are optional, and told apart by the colon. */
    private static Optional<CryptoKey> key(String parameter) {
        if (!parameter.regionMatches(true, 0, "inline:", 0, 7)) return Optional.empty();
        String[] fields = parameter.substring(7).split("\\|", 4);
        String lifetime = "";
        String mki = "";
        for (int i = 1; i < fields.length; i++) {
            if (fields[i].indexOf(':') > 0) mki = fields[i];
            else lifetime = fields[i];
        }
        try {
            byte[] keyAndSalt = Base64.getDecoder().decode(fields[0]);
            CryptoKey key = new CryptoKey(keyAndSalt, lifetime, mki);
            return keyAndSalt.length > 0 && key.hasReadableMki() ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64
        }
    }
}
