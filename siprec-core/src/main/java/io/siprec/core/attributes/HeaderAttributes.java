package io.siprec.core.attributes;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What single header fields tell. */
final class HeaderAttributes {
    /** Fields whose whole value is the fact. */
    private static final Map<String, String> PLAIN = Map.of(
            "diversion", "diversion",
            "history-info", "history-info",
            "p-asserted-identity", "p-asserted-identity",
            "remote-party-id", "remote-party-id",
            "call-info", "call-info",
            "x-genesys-calluuid", "genesys-call-uuid",
            "x-broadworks-correlation-info", "broadworks-correlation-id");

    private static final Pattern SESSION_ID =
            Pattern.compile("\\s*([0-9A-Za-z]{1,64})\\s*(?:;.*?remote\\s*=\\s*([0-9A-Za-z]{1,64}))?.*", Pattern.DOTALL);
    private static final Pattern NIL = Pattern.compile("0+");
    private static final Pattern ICID = Pattern.compile("icid-value\\s*=\\s*\"?([^;\",\\s]{1,200})");

    /** CUCM describes the recorded call in parameters of the From URI: {@code ;x-nearend;x-refci=27298698}. */
    private static final Pattern FROM_PARAMETER =
            Pattern.compile(";\\s*(x-[A-Za-z-]{1,40})(?:\\s*=\\s*([^;>\\s]{1,200}))?");

    private final HeaderPatterns patterns;
    private final CallAttributes.Sink sink;

    HeaderAttributes(HeaderPatterns patterns, CallAttributes.Sink sink) {
        this.patterns = patterns;
        this.sink = sink;
    }

    void read(HeaderField field, String source) {
        String name = field.name().toLowerCase(Locale.ROOT);
        String value = field.value();
        switch (name) {
            case "session-id" -> sessionId(value, source);
            case "user-to-user" -> userToUser(value, source);
            case "cisco-guid" -> ciscoGuid(value, source);
            case "p-charging-vector" -> first(ICID, value).ifPresent(icid -> sink.add("icid", icid, source));
            case "from" -> fromParameters(value, source);
            default -> Optional.ofNullable(PLAIN.get(name)).ifPresent(plain -> sink.add(plain, value, source));
        }
        if (patterns.matches(name)) {
            sink.add("header." + name, value, source);
        }
    }

    /** RFC 7989 §5; a nil half is one that is not known yet. */
    private void sessionId(String value, String source) {
        Matcher matcher = SESSION_ID.matcher(value);
        if (!matcher.matches()) {
            return;
        }
        sink.add("session-id", matcher.group(1), source);
        String remote = matcher.group(2);
        if (remote != null && !NIL.matcher(remote).matches()) {
            sink.add("session-id.remote", remote, source);
        }
    }

    private void userToUser(String value, String source) {
        sink.add("user-to-user", value, source);
        UserToUser decoded = UserToUser.parse(value);
        decoded.ucid().ifPresent(ucid -> sink.add("ucid", ucid, source));
        decoded.text().ifPresent(text -> sink.add("user-to-user.text", text, source));
    }

    private void ciscoGuid(String value, String source) {
        sink.add("cisco-guid", value, source);
        CiscoGuid.hexadecimal(value).ifPresent(hex -> sink.add("cisco-guid.hex", hex, source));
    }

    private void fromParameters(String value, String source) {
        Matcher matcher = FROM_PARAMETER.matcher(value);
        while (matcher.find()) {
            String text = matcher.group(2);
            sink.add(matcher.group(1).toLowerCase(Locale.ROOT), text == null ? "true" : text, source);
        }
    }

    private static Optional<String> first(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
