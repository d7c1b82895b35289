package io.siprec.store.redis;

import io.siprec.core.spi.StoreSettingsException;
import io.siprec.core.spi.StoreSettingsException.Fault;
import io.siprec.store.redis.internal.RedisTarget;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A store by the settings {@code REDIS_...}; gathers what is wrong with them. */
final class RedisSettings {
    private static final String ADDRESS = "REDIS_ADDRESS";
    private static final String MODE = "REDIS_MODE";
    private static final String DATABASE = "REDIS_DATABASE";
    private static final String SESSION_TTL = "REDIS_SESSION_TTL";
    private static final String TIMEOUT = "REDIS_TIMEOUT";
    private static final String KEY_PREFIX = "REDIS_KEY_PREFIX";
    private static final String TLS = "REDIS_TLS";
    private static final String TLS_CA = "REDIS_TLS_CA";
    private static final String TLS_CERT = "REDIS_TLS_CERT";
    private static final String TLS_KEY = "REDIS_TLS_KEY";
    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26_379;
    private static final int MAX_DATABASE = 1_000_000;
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:/@,\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1),
            "d",
            Duration.ofDays(1));

    private final Map<String, String> settings;
    private final List<Fault> faults = new ArrayList<>();

    RedisSettings(Map<String, String> settings) {
        this.settings = settings;
    }

    /** @throws StoreSettingsException with a fault for each setting that can't be used */
    RedisSessionStore open() throws StoreSettingsException {
        RedisMode mode = mode();
        List<RedisTarget.Address> addresses = addresses(mode);
        RedisSessionStore.Builder builder = RedisSessionStore.builder(
                        addresses.get(0).host(), addresses.get(0).port())
                .mode(mode)
                .sentinelMaster(text("REDIS_SENTINEL_MASTER", "mymaster"))
                .sentinelPassword(text("REDIS_SENTINEL_PASSWORD", ""))
                .username(text("REDIS_USERNAME", ""))
                .password(text("REDIS_PASSWORD", ""))
                .database(database(mode))
                .timeout(timeout())
                .sessionTtl(sessionTtl());
        addresses.stream().skip(1).forEach(address -> builder.address(address.host(), address.port()));
        keyPrefix(builder);
        tls(builder);
        if (text("REDIS_PASSWORD", "").isEmpty() && given("REDIS_USERNAME")) {
            wrong("REDIS_USERNAME", "a user without a password; set REDIS_PASSWORD");
        }
        if (!faults.isEmpty()) {
            throw new StoreSettingsException(faults);
        }
        return builder.build();
    }

    private RedisMode mode() {
        String value = text(MODE, "standalone");
        for (RedisMode mode : RedisMode.values()) {
            if (mode.name().equalsIgnoreCase(value)) {
                return mode;
            }
        }
        String known = Arrays.stream(RedisMode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        wrong(MODE, "unknown; use one of " + known);
        return RedisMode.STANDALONE;
    }

    private List<RedisTarget.Address> addresses(RedisMode mode) {
        int port = mode == RedisMode.SENTINEL ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
        List<RedisTarget.Address> addresses = new ArrayList<>();
        for (String item : text(ADDRESS, "localhost").split(",", -1)) {
            address(item.trim(), port).ifPresentOrElse(addresses::add, this::wrongAddress);
        }
        if (mode == RedisMode.STANDALONE && addresses.size() > 1) {
            wrong(ADDRESS, "several addresses of one server; name one, or set " + MODE + " to sentinel or cluster");
        }
        return addresses.isEmpty() ? List.of(new RedisTarget.Address("localhost", port)) : addresses;
    }

    private void wrongAddress() {
        Fault fault = new Fault(ADDRESS, text(ADDRESS, ""), "not an address; use host:port, or several with commas");
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private static Optional<RedisTarget.Address> address(String text, int defaultPort) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1).replaceAll("[\\[\\]]", "");
        int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new RedisTarget.Address(host, port));
    }

    private int database(RedisMode mode) {
        String value = text(DATABASE, "0");
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) > MAX_DATABASE) {
            wrong(DATABASE, "not a database; use a number from 0");
            return 0;
        } else if (mode == RedisMode.CLUSTER && Integer.parseInt(value) != 0) {
            wrong(DATABASE, "a Cluster has no database but 0; leave it out, and set " + KEY_PREFIX);
            return 0;
        }
        return Integer.parseInt(value);
    }

    private Duration sessionTtl() {
        return span(SESSION_TTL, "24h", Duration.ofMinutes(1), Duration.ofDays(365), "1m to 365d");
    }

    private Duration timeout() {
        return span(TIMEOUT, "2s", Duration.ofMillis(100), Duration.ofMinutes(1), "100ms to 1m");
    }

    private Duration span(String name, String fallback, Duration min, Duration max, String range) {
        Optional<Duration> span = parse(text(name, fallback));
        if (span.isEmpty()) {
            wrong(name, "not a time span; use a number with ms, s, m, h or d, as in " + fallback);
        } else if (span.get().compareTo(min) < 0 || span.get().compareTo(max) > 0) {
            wrong(name, "out of range; use " + range);
        } else {
            return span.get();
        }
        return parse(fallback).orElseThrow();
    }

    private static Optional<Duration> parse(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration unit = UNITS.get(matcher.group(2) == null ? "s" : matcher.group(2));
        return Optional.of(unit.multipliedBy(Long.parseLong(matcher.group(1))));
    }

    private void keyPrefix(RedisSessionStore.Builder builder) {
        try {
            builder.keyPrefix(text(KEY_PREFIX, "siprec"));
        } catch (IllegalArgumentException e) {
            wrong(KEY_PREFIX, "not a prefix of keys; use at most 64 letters, digits and . _ : / -");
        }
    }

    private void tls(RedisSessionStore.Builder builder) {
        String value = text(TLS, "false").toLowerCase(Locale.ROOT);
        boolean on = value.equals("true");
        if (!on && !value.equals("false")) {
            wrong(TLS, "neither true nor false");
        }
        builder.tls(on);
        for (String name : List.of(TLS_CA, TLS_CERT, TLS_KEY)) {
            if (given(name) && !on) {
                wrong(name, "there is no TLS; set " + TLS + "=true");
            }
        }
        file(TLS_CA).ifPresent(builder::tlsCa);
        Optional<Path> certificate = file(TLS_CERT);
        Optional<Path> key = file(TLS_KEY);
        if (certificate.isPresent() && key.isPresent()) {
            builder.tlsIdentity(certificate.get(), key.get());
        } else if (given(TLS_CERT) != given(TLS_KEY)) {
            wrong(given(TLS_CERT) ? TLS_CERT : TLS_KEY, "one without the other; set " + TLS_CERT + " and " + TLS_KEY);
        }
    }

    private Optional<Path> file(String name) {
        if (!given(name)) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(text(name, ""));
            if (Files.isReadable(path) && Files.isRegularFile(path)) {
                return Optional.of(path);
            }
            wrong(name, "can't be read; name a PEM file that is readable for this user");
        } catch (InvalidPathException e) {
            wrong(name, "not a path; name a PEM file");
        }
        return Optional.empty();
    }

    private String text(String name, String fallback) {
        String value = settings.getOrDefault(name, "").trim();
        return value.isEmpty() ? fallback : value;
    }

    private boolean given(String name) {
        return !text(name, "").isEmpty();
    }

    private void wrong(String name, String problem) {
        faults.add(new Fault(name, text(name, ""), problem));
    }
}
