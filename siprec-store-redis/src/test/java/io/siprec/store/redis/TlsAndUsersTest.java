package io.siprec.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.SessionStores;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.StoredSession;
import io.siprec.testkit.SessionSnapshots;
import io.siprec.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates on both sides, and a user who may do just what the handbook says. */
class TlsAndUsersTest {
    @TempDir
    Path work;

    private TestCertificates certificates;
    private TestCertificates.Identity identity;
    private RedisProcess server;
    private int tlsPort;

    @BeforeEach
    void start() throws Exception {
        Path executable = RedisPrograms.debian();
        certificates = TestCertificates.in(work);
        identity = certificates.identity("redis", "ip:127.0.0.1");
        Path settings =
                Files.writeString(work.resolve("users.conf"), "user default off\n" + userOfTheHandbook() + '\n');
        tlsPort = RedisProcess.freePort();
        server = RedisProcess.start(
                executable,
                work,
                settings.toString(),
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-cert-file",
                identity.certificate().toString(),
                "--tls-key-file",
                identity.key().toString(),
                "--tls-ca-cert-file",
                certificates.ca().toString());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The line for an ACL in docs/operations.md, as an operator would copy it. */
    private static String userOfTheHandbook() throws IOException {
        Path root = Path.of(System.getProperty("user.dir")).getParent();
        Matcher line = Pattern.compile("(?m)^ACL SETUSER (siprec .*)$")
                .matcher(Files.readString(root.resolve("docs/operations.md")));
        assertThat(line.find()).as("the handbook has the line").isTrue();
        return "user " + line.group(1);
    }

    @Test
    void theUserOfTheHandbookMayDoAllThatIsNeeded() throws Exception {
        try (SessionStore store = open(settings())) {
            SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
            store.save(snapshot, 0);
            assertThat(Stream.generate(store::health).limit(20)).contains(StoreHealth.up());
            store.save(snapshot, 1);
            store.heartbeat("a", Duration.ofSeconds(100));
            assertThat(store.find(snapshot.session().id())).contains(new StoredSession(snapshot, 2));
            assertThat(store.listByNode("a")).hasSize(1);
            assertThat(store.findByCallId("call")).hasSize(1);
            store.claim(snapshot.session().id(), "b", 2);
            assertThat(store.liveNodes()).containsExactly("a");
            assertThat(store.knownNodes()).containsExactlyInAnyOrder("a", "b");
            assertThat(store.remove(snapshot.session().id(), 3)).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsExplainedAndNotShown() throws Exception {
        Map<String, String> settings = settings();
        settings.put("REDIS_PASSWORD", "not-the-password");

        refused(settings, "refuses the user or the password");
    }

    @Test
    void aServerOfAnotherCaIsNotTrusted() throws Exception {
        Map<String, String> settings = settings();
        Path other = Files.createDirectory(work.resolve("other"));
        settings.put("REDIS_TLS_CA", TestCertificates.in(other).ca().toString());

        refused(settings, "can't be reached");
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() throws Exception {
        Map<String, String> settings = settings();
        settings.put("REDIS_ADDRESS", "localhost:" + tlsPort);

        refused(settings, "can't be reached");
    }

    @Test
    void withoutACertificateTheServerRefuses() throws Exception {
        Map<String, String> settings = settings();
        settings.remove("REDIS_TLS_CERT");
        settings.remove("REDIS_TLS_KEY");

        refused(settings, "Redis at 127.0.0.1:" + tlsPort);
    }

    private void refused(Map<String, String> settings, String reason) throws Exception {
        try (SessionStore store = open(settings)) {
            assertThatThrownBy(store::liveNodes)
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining(settings.get("REDIS_PASSWORD"));
            assertThat(store.health().available()).isFalse();
        }
    }

    private Map<String, String> settings() throws IOException {
        return new HashMap<>(Map.of(
                "REDIS_ADDRESS",
                "127.0.0.1:" + tlsPort,
                "REDIS_USERNAME",
                "siprec",
                "REDIS_PASSWORD",
                "secret",
                "REDIS_TIMEOUT",
                "30s",
                "REDIS_TLS",
                "true",
                "REDIS_TLS_CA",
                certificates.ca().toString(),
                "REDIS_TLS_CERT",
                identity.certificate().toString(),
                "REDIS_TLS_KEY",
                identity.key().toString()));
    }

    private static SessionStore open(Map<String, String> settings) throws Exception {
        return SessionStores.factories().get("redis").open(settings);
    }
}
