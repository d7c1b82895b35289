package io.siprec.sip.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Puts a {@code sip} or {@code sips} URI together, with the escapes that each part needs (RFC 3261 section 25.1). */
final class SipUriBuilder {
    private static final String UNRESERVED = "-_.!~*'()";
    private static final String IN_USER = UNRESERVED + "&=+$,;?/";
    private static final String IN_PARAMETER = UNRESERVED + "[]/:&+$";
    private static final String IN_HEADER = UNRESERVED + "[]/?:+$";

    private final String scheme;
    private String userInfo = "";
    private String host = "";
    private int port = -1;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> headers;

    SipUriBuilder(String scheme) {
        this.scheme = scheme;
        this.headers = Map.of();
    }

    SipUriBuilder(SipUri uri) {
        if (uri.host().isEmpty()) {
            throw new IllegalStateException("only a sip or sips URI has parts to change");
        }
        scheme = uri.scheme();
        userInfo = uri.userInfo();
        host = uri.host();
        port = uri.port();
        parameters.putAll(uri.parameters());
        headers = uri.headers();
    }

    SipUriBuilder user(String user) {
        userInfo = Escapes.encoded(user, IN_USER);
        return this;
    }

    SipUriBuilder host(String value) {
        host = Objects.requireNonNull(value, "host");
        return this;
    }

    SipUriBuilder port(int value) {
        if (value < -1 || value > 65_535) {
            throw new IllegalArgumentException("port must be -1 to 65535, was " + value);
        }
        port = value;
        return this;
    }

    SipUriBuilder parameter(String name, String value) {
        withoutParameter(name);
        parameters.put(name, value);
        return this;
    }

    SipUriBuilder withoutParameter(String name) {
        parameters.keySet().removeIf(name::equalsIgnoreCase);
        return this;
    }

    SipUri build() {
        StringBuilder text = new StringBuilder(64).append(scheme).append(':');
        if (!userInfo.isEmpty()) {
            text.append(userInfo).append('@');
        }
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        text.append(bare ? "[" + host + "]" : host);
        if (port >= 0) {
            text.append(':').append(port);
        }
        parameters.forEach((name, value) -> appendPair(text.append(';'), name, value, IN_PARAMETER));
        char separator = '?';
        for (Map.Entry<String, String> header : headers.entrySet()) {
            text.append(separator)
                    .append(Escapes.encoded(header.getKey(), IN_HEADER))
                    .append('=');
            text.append(Escapes.encoded(header.getValue(), IN_HEADER));
            separator = '&';
        }
        try {
            return SipUri.parse(text.toString());
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void appendPair(StringBuilder text, String name, String value, String plain) {
        text.append(Escapes.encoded(name, plain));
        if (!value.isEmpty()) {
            text.append('=').append(Escapes.encoded(value, plain));
        }
    }
}
