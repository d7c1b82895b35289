package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SourceRule;
import io.siprec.server.NonSiprecInvites;
import io.siprec.server.RtpKeepalive;
import io.siprec.sip.guard.CidrBlock;
import io.siprec.sip.guard.SipGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class SettingsTest {
    @Test
    void anEmptyEnvironmentGivesTheDocumentedDefaults() throws SettingsException {
        assertThat(Settings.of(Map.of(), true))
                .isEqualTo(new Settings(
                        "0.0.0.0",
                        List.of(5060, 5061),
                        1,
                        Path.of("recordings").toAbsolutePath(),
                        10_000,
                        20_000,
                        Optional.empty(),
                        Optional.empty(),
                        TimerSettings.DEFAULT,
                        RecognitionSettings.DEFAULT,
                        new SecurityPolicy(false, SrtpKeysPolicy.ANY),
                        new RtpRules(SourceRule.PREFER_SIGNALLED, RtpKeepalive.OFF),
                        RuleSettings.DEFAULT,
                        FileSettings.DEFAULT,
                        MetadataSettings.DEFAULT,
                        StoreSettings.DEFAULT,
                        GuardSettings.DEFAULT,
                        TraceSettings.OFF,
                        8080,
                        Level.INFO,
                        Settings.LogFormat.TEXT));
        assertThat(Settings.of(Map.of("PORTS", " "), false).logFormat()).isEqualTo(Settings.LogFormat.JSON);
    }

    @Test
    void valuesAreReadWhateverTheirCaseAndBlanks() throws SettingsException {
        Settings settings = Settings.of(
                Map.of(
                        "SIP_HOST", " 127.0.0.1 ",
                        "PORTS", "5080, 0,0",
                        "SIP_LOOPS", " 4 ",
                        "RECORDING_DIR", "/var/spool/siprec",
                        "RTP_PORT_MIN", "0",
                        "RTP_PORT_MAX", "0",
                        "HTTP_PORT", "0",
                        "LOG_LEVEL", "Debug",
                        "LOG_FORMAT", "json"),
                true);
        assertThat(settings)
                .isEqualTo(new Settings(
                        "127.0.0.1",
                        List.of(5080, 0, 0),
                        4,
                        Path.of("/var/spool/siprec"),
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        TimerSettings.DEFAULT,
                        RecognitionSettings.DEFAULT,
                        new SecurityPolicy(false, SrtpKeysPolicy.ANY),
                        new RtpRules(SourceRule.PREFER_SIGNALLED, RtpKeepalive.OFF),
                        RuleSettings.DEFAULT,
                        FileSettings.DEFAULT,
                        MetadataSettings.DEFAULT,
                        StoreSettings.DEFAULT,
                        GuardSettings.DEFAULT,
                        TraceSettings.OFF,
                        0,
                        Level.DEBUG,
                        Settings.LogFormat.JSON));
    }

    @Test
    void C212_listsRatesAndTraceAreRead() throws SettingsException {
        Settings settings = Settings.of(
                Map.of(
                        "SIP_ALLOW", "10.0.0.0/8, 2001:db8::/32",
                        "SIP_DENY", "10.6.6.6",
                        "SIP_UNKNOWN_SOURCE", "403",
                        "SIP_RATE_PER_SOURCE", "1000000",
                        "SIP_INVITE_RATE_PER_SOURCE", "0",
                        "SIP_RATE_TOTAL", "30000",
                        "SIP_INVITE_RATE_TOTAL", "100",
                        "SIP_TRACE", "./sip.txt"),
                true);
        assertThat(settings.guard())
                .isEqualTo(new GuardSettings(
                        List.of(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("2001:db8::/32")),
                        List.of(CidrBlock.parse("10.6.6.6")),
                        SipGuard.UnknownSource.FORBID,
                        1_000_000,
                        0,
                        30_000,
                        100));
        assertThat(settings.guard().guard().deny()).hasToString("[10.6.6.6/32]");
        assertThat(settings.trace().file()).contains(Path.of("sip.txt").toAbsolutePath());
        assertThat(Settings.of(Map.of("SIP_TRACE", "Log"), true).trace())
                .isEqualTo(new TraceSettings(true, Optional.empty()));
    }

    @Test
    void C001_C003_C014_whichCallsAreRecordedIsRead() throws SettingsException {
        assertThat(Settings.of(
                                Map.of(
                                        "SIPREC_STRICT", "True",
                                        "NON_SIPREC_INVITES", "record",
                                        "SIP_USERS", "rec, siprec"),
                                true)
                        .recognition())
                .isEqualTo(new RecognitionSettings(true, NonSiprecInvites.RECORD, List.of("rec", "siprec")));
        assertThatThrownBy(() -> Settings.of(Map.of("SIPREC_STRICT", "very", "NON_SIPREC_INVITES", "maybe"), true))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.lines()).hasSize(2));
    }

    @Test
    void C201_whereKeysOfSrtpMayComeFromIsRead() throws SettingsException {
        assertThat(Settings.of(Map.of("SRTP_KEYS", "tls"), true).security().srtpKeys())
                .isEqualTo(SrtpKeysPolicy.TLS);
        assertThatThrownBy(() -> Settings.of(Map.of("SRTP_KEYS", "never"), true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SRTP_KEYS=never: unknown; use one of any, tls");
    }

    @Test
    void C207_thatCallsMustBeSecureIsRead() throws SettingsException {
        assertThat(Settings.of(Map.of("SECURE_ONLY", "false"), true).security().secureOnly())
                .isFalse();
        Map<String, String> keys = Map.of("SECURE_ONLY", "TRUE", "SIP_TLS_KEYSTORE", "keys.p12");
        assertThat(Settings.of(keys, true).security().secureOnly()).isTrue();
        assertThatThrownBy(() -> Settings.of(Map.of("SECURE_ONLY", "true"), true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SECURE_ONLY=true: no call could come in: there is no TLS; set SIP_TLS_CERT");
    }

    @Test
    void C177_C188_whoseRtpIsTakenAndHowPortsAreKeptOpenIsRead() throws SettingsException {
        assertThat(Settings.of(Map.of("RTP_SOURCE", "strict", "RTP_KEEPALIVE", "rtp"), true)
                        .rtp())
                .isEqualTo(new RtpRules(SourceRule.STRICT, RtpKeepalive.RTP));
        assertThatThrownBy(() -> Settings.of(Map.of("RTP_SOURCE", "any", "RTP_KEEPALIVE", "stun"), true))
                .hasMessageContaining("RTP_SOURCE=any: unknown; use one of prefer-signalled, strict")
                .hasMessageContaining("RTP_KEEPALIVE=stun: unknown; use one of off, rtcp, rtp");
    }

    @Test
    void C101_rulesForSilentSessionsAreRead() throws SettingsException {
        RuleSettings rules = Settings.of(
                        Map.of(
                                "SESSION_TIMEOUT", "90m",
                                "MAX_DURATION", "2d",
                                "RTP_TIMEOUT", "45",
                                "RTP_TIMEOUT_ACTION", "end"),
                        true)
                .rules();
        assertThat(rules)
                .isEqualTo(new RuleSettings(
                        Duration.ofMinutes(90), Optional.of(Duration.ofDays(2)), Duration.ofSeconds(45), true));
    }

    @Test
    void headersThatBecomeAttributesAreRead() throws SettingsException {
        assertThat(Settings.of(Map.of("SIP_ATTRIBUTE_HEADERS", "X-Tenant, Subject"), true)
                        .metadata()
                        .headers())
                .containsExactly("X-Tenant", "Subject");
        assertThatThrownBy(() -> Settings.of(Map.of("SIP_ATTRIBUTE_HEADERS", "X Tenant"), true))
                .hasMessageContaining(
                        "SIP_ATTRIBUTE_HEADERS=X Tenant: a header field can't have the name \"X Tenant\"; use");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
        SESSION_TIMEOUT | soon | SESSION_TIMEOUT=soon: not a time span; use a number with ms, s, m, h or d, as in 30s or 1h
        RTP_TIMEOUT | 500ms | RTP_TIMEOUT=500ms: out of range; use 1s to 365d
        MAX_DURATION | 0 | MAX_DURATION=0: out of range; use 1s to 365d
        RTP_TIMEOUT_ACTION | hang | RTP_TIMEOUT_ACTION=hang: unknown; use one of report, end
        """)
    void aTimeSpanThatCanNotBeUsedIsExplained(String name, String value, String line) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value), true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(line);
    }

    @Test
    void C075_C078_whatBecomesOfMetadataIsRead() throws SettingsException {
        assertThat(Settings.of(Map.of("METADATA_NAMES", "drop", "METADATA_ERRORS", "End", "DTMF_MASK", "true"), true)
                        .metadata())
                .isEqualTo(new MetadataSettings(
                        MetadataSettings.Names.DROP, MetadataSettings.Errors.END, true, List.of("X-*")));
    }

    @Test
    void howAudioIsWrittenIsRead() throws SettingsException {
        assertThat(Settings.of(
                                Map.of(
                                        "RECORDING_FORMAT",
                                        "WAV-G711",
                                        "RECORDING_FSYNC",
                                        "1s",
                                        "RECORDING_MIX",
                                        "Stereo",
                                        "RECORDING_CAPTURE",
                                        "All",
                                        "RECORDING_CAPTURE_DECRYPTED",
                                        "true"),
                                true)
                        .files())
                .isEqualTo(new FileSettings(
                        RecordingFormat.WAV_G711,
                        Optional.of(Duration.ofSeconds(1)),
                        FileSettings.Mix.STEREO,
                        new CapturePolicy(Optional.of(CapturePolicy.Packets.ALL), true)));
        assertThat(Settings.of(
                                Map.of(
                                        "RECORDING_FORMAT",
                                        "wav",
                                        "RECORDING_FSYNC",
                                        "Never",
                                        "RECORDING_CAPTURE",
                                        "off"),
                                true)
                        .files())
                .isEqualTo(new FileSettings(
                        RecordingFormat.WAV,
                        Optional.empty(),
                        FileSettings.Mix.NONE,
                        new CapturePolicy(Optional.of(CapturePolicy.Packets.OFF), false)));
        assertThat(Settings.of(Map.of("DTMF_MASK", "true"), true).files()).isEqualTo(FileSettings.DEFAULT);
    }

    @Test
    void whereSessionsAreKeptIsRead() throws SettingsException {
        assertThat(Settings.of(Map.of("REDIS_ENABLED", "True", "NODE_ID", "srs 1"), true)
                        .store())
                .isEqualTo(new StoreSettings("redis", false, Optional.of("srs 1")));
        assertThat(Settings.of(Map.of("SESSION_STORE", "redis", "SESSION_STORE_REQUIRED", "true"), true)
                        .store())
                .isEqualTo(new StoreSettings("redis", true, Optional.empty()));
        assertThat(Settings.of(Map.of("SESSION_STORE", "memory", "REDIS_ENABLED", "false"), true)
                        .store())
                .isEqualTo(StoreSettings.DEFAULT);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
        # settings                              | line
        REDIS_ADDRESS=redis:70000               | REDIS_ADDRESS=redis:70000: not an address; use host:port, or several with commas
        REDIS_ADDRESS=a:1,b:2                   | REDIS_ADDRESS=a:1,b:2: several addresses of one server; name one, or set REDIS_MODE to sentinel or cluster
        REDIS_MODE=ring                         | REDIS_MODE=ring: unknown; use one of standalone, sentinel, cluster
        REDIS_MODE=cluster REDIS_DATABASE=3     | REDIS_DATABASE=3: a Cluster has no database but 0; leave it out, and set REDIS_KEY_PREFIX
        REDIS_DATABASE=-1                       | REDIS_DATABASE=-1: not a database; use a number from 0
        REDIS_SESSION_TTL=tomorrow              | REDIS_SESSION_TTL=tomorrow: not a time span; use a number with ms, s, m, h or d, as in 24h
        REDIS_SESSION_TTL=5                     | REDIS_SESSION_TTL=5: out of range; use 1m to 365d
        REDIS_TIMEOUT=10ms                      | REDIS_TIMEOUT=10ms: out of range; use 100ms to 1m
        REDIS_KEY_PREFIX={x}                    | REDIS_KEY_PREFIX={x}: not a prefix of keys; use at most 64 letters, digits and . _ : / -
        REDIS_TLS=maybe                         | REDIS_TLS=maybe: neither true nor false
        REDIS_TLS_CA=/nowhere/ca.pem            | REDIS_TLS_CA=/nowhere/ca.pem: there is no TLS; set REDIS_TLS=true
        REDIS_TLS=true REDIS_TLS_CERT=/nowhere  | REDIS_TLS_CERT=/nowhere: can't be read; name a PEM file that is readable for this user
        REDIS_TLS=true REDIS_TLS_CERT=/nowhere  | REDIS_TLS_CERT=/nowhere: one without the other; set REDIS_TLS_CERT and REDIS_TLS_KEY
        REDIS_USERNAME=me                       | REDIS_USERNAME=me: a user without a password; set REDIS_PASSWORD
        """)
    void aSettingOfRedisThatCanNotBeUsedIsExplained(String settings, String line) throws SettingsException {
        Map<String, String> environment = Arrays.stream(settings.split(" "))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        StoreSettings redis = new StoreSettings("redis", false, Optional.empty());

        assertThatThrownBy(() -> redis.open(environment))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.lines()).contains(line));
    }

    @Test
    void aStoreThatMustBeThereAndIsNotIsExplained() {
        StoreSettings redis = new StoreSettings("redis", true, Optional.empty());

        assertThatThrownBy(() -> redis.open(Map.of("REDIS_ADDRESS", "127.0.0.1:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "SESSION_STORE_REQUIRED=true: the store redis can't be used: Redis at 127.0.0.1:1");
    }

    @Test
    void C161_sessionTimersAreRead() throws SettingsException {
        TimerSettings timers = Settings.of(Map.of("SIP_SESSION_EXPIRES", "900", "SIP_MIN_SE", "600"), true)
                .timers();
        assertThat(timers).isEqualTo(new TimerSettings(900, 600));
        assertThat(timers.sessionTimers().interval()).hasSeconds(900);
        assertThat(timers.sessionTimers().minimum()).hasSeconds(600);
        assertThat(Settings.of(Map.of("SIP_SESSION_EXPIRES", "0"), true)
                        .timers()
                        .sessionTimers()
                        .enabled())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
        # name       | value      | what the line must say
        PORTS        | 5060;5061  | use numbers from 0 to 65535 with commas
        PORTS        | 5060,5060  | name each port once
        PORTS        | ,          | use numbers
        SIP_LOOPS    | 0          | use a number from 1 to 64
        SIP_LOOPS    | 65         | use a number from 1 to 64
        SIP_LOOPS    | two        | use a number from 1 to 64
        SIP_ALLOW    | 10.0.0.0/33 | 10.0.0.0/33': the length after / must be 0 to 32; use addresses and blocks
        SIP_ALLOW    | 10.0.0.1,sbc.example.com | sbc.example.com': not an IP address; use addresses and blocks
        SIP_DENY     | 10.0.0.1,  | : not an IP address
        SIP_UNKNOWN_SOURCE | 404   | use one of drop, 403
        SIP_RATE_PER_SOURCE | 1000001 | use a number from 0 to 1000000
        SIP_INVITE_RATE_PER_SOURCE | -1 | use a number from 0 to 1000000
        SIP_RATE_TOTAL | many      | use a number from 0 to 1000000
        SIP_INVITE_RATE_TOTAL | 9999999999 | use a number from 0 to 1000000
        SIP_SESSION_EXPIRES | 89  | use 0 for no session timers, or at least 90 (SIP_MIN_SE)
        SIP_SESSION_EXPIRES | -1  | use a number from 0 to 604800
        SIP_MIN_SE   | 89         | use a number from 90 to 604800
        SIP_TRACE    | on         | use off, log, or a file as in ./sip-trace.txt
        HTTP_PORT    | 65536      | use a number from 0 to 65535
        HTTP_PORT    | -1         | use a number from 0 to 65535
        RTP_PORT_MIN | many       | use a number from 0 to 65535
        RTP_PORT_MIN | 20000      | set RTP_PORT_MAX above RTP_PORT_MIN
        DTMF_MASK | yes           | use one of false, true
        RECORDING_FORMAT | mp3    | use one of wav, wav-g711
        RECORDING_CAPTURE | pcap   | use one of off, undecodable, all
        RECORDING_CAPTURE_DECRYPTED | 1 | use one of false, true
        RECORDING_MIX | quad       | use one of none, mono, stereo
        RECORDING_FSYNC | always  | use never, or a number with ms or s, as in 1s
        RECORDING_FSYNC | 50ms    | not a time span from 100ms to 1m
        RECORDING_FSYNC | 2m      | not a time span from 100ms to 1m
        SESSION_STORE | postgres  | SESSION_STORE=postgres: unknown; use one of memory, redis
        REDIS_ENABLED | yes       | use one of false, true
        LOG_LEVEL    | loud       | use one of error, warn, info, debug, trace
        LOG_FORMAT   | xml        | use one of text, json
        """)
    void aWrongValueIsNamedWithItsRemedy(String name, String value, String remedy) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value), true))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.lines())
                                .singleElement()
                                .asString()
                                .contains(name)
                                .contains(value)
                                .contains(remedy)
                                .doesNotContain("\n"));
    }

    @Test
    void aCaptureAndMaskedKeysDontGoTogether() {
        assertThatThrownBy(() -> Settings.of(Map.of("RECORDING_CAPTURE", "undecodable", "DTMF_MASK", "true"), true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "RECORDING_CAPTURE=undecodable: a capture would hold the keys that DTMF_MASK keeps out;"
                                + " set RECORDING_CAPTURE=off or DTMF_MASK=false");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> Settings.of(Map.of("PORTS", "x", "HTTP_PORT", "y"), true))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.lines()).hasSize(2));
    }
}
