package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthSettingsTest {
    private static final String MD5 = DigestAlgorithm.MD5.ha1("bob", "siprec", "zanzibar");
    private static final String SHA_256 = DigestAlgorithm.SHA_256.ha1("bob", "siprec", "zanzibar");

    @TempDir
    Path work;

    private static DigestSettings read(Map<String, String> environment) throws SettingsException {
        return Settings.of(environment, true).authentication().orElseThrow();
    }

    @Test
    void withoutUsersNobodyIsAsked() throws SettingsException {
        assertThat(Settings.of(Map.of(), true).authentication()).isEmpty();
    }

    @Test
    void pairsMakeUsersOfEachAlgorithm() throws SettingsException {
        DigestSettings settings = read(Map.of("SIP_AUTH_USERS", "bob:zanzibar, eve:a:b"));
        assertThat(settings.realm()).isEqualTo("siprec");
        assertThat(settings.algorithms()).containsExactly(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
        assertThat(settings.challengeOptions()).isTrue();
        assertThat(settings.users().ha1("bob", "siprec", DigestAlgorithm.SHA_256))
                .contains(SHA_256);
        assertThat(settings.users().ha1("eve", "siprec", DigestAlgorithm.MD5))
                .contains(DigestAlgorithm.MD5.ha1("eve", "siprec", "a:b"));

        DigestSettings other = read(Map.of(
                "SIP_AUTH_USERS", "bob:zanzibar",
                "SIP_AUTH_REALM", "srs.example",
                "SIP_AUTH_ALGORITHMS", "md5, SHA-512-256",
                "SIP_AUTH_OPTIONS", "off"));
        assertThat(other.realm()).isEqualTo("srs.example");
        assertThat(other.algorithms()).containsExactly(DigestAlgorithm.SHA_512_256, DigestAlgorithm.MD5);
        assertThat(other.challengeOptions()).isFalse();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # lines, M and S for hashes                  | algorithms  | why
        bob:siprec:M                                 | MD5         | as htdigest makes it
        bob:siprec:S                                 | SHA_256     | the longer hash
        bob:siprec:M,bob:siprec:S                    | SHA_256 MD5 | both
        bob:siprec:M,bob:siprec:S,eve:siprec:M       | MD5         | what each user has
        # comment,,bob:siprec:M,eve:elsewhere:S      | MD5         | comments and other realms are left out
        """)
    void aFileOffersWhatEachOfItsUsersHas(String lines, String algorithms, String why) throws Exception {
        DigestSettings settings = read(Map.of("SIP_AUTH_USERS_FILE", file(lines)));
        assertThat(settings.algorithms()).extracting(Enum::name).containsExactly(algorithms.split(" "));
        for (DigestAlgorithm algorithm : settings.algorithms()) {
            assertThat(settings.users().ha1("bob", "siprec", algorithm))
                    .contains(algorithm == DigestAlgorithm.MD5 ? MD5 : SHA_256);
        }
    }

    private String file(String lines) throws IOException {
        String text = lines.replace(",", "\n").replace(":M", ":" + MD5).replace(":S", ":" + SHA_256);
        return Files.writeString(work.resolve("users"), text + "\n").toString();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # settings, split at blanks                      | what the line must say
        SIP_AUTH_USERS=s3cret                            | SIP_AUTH_USERS: entry 1 is not user:password; use pairs
        SIP_AUTH_USERS=bob:s3cret,s3cret                 | SIP_AUTH_USERS: entry 2 is not user:password; use pairs
        SIP_AUTH_USERS=bob:                              | SIP_AUTH_USERS: entry 1 is not
        SIP_AUTH_USERS=:s3cret                           | SIP_AUTH_USERS: entry 1 is not
        SIP_AUTH_USERS=b:s3cret SIP_AUTH_ALGORITHMS=SHA1 | SIP_AUTH_ALGORITHMS=SHA1: unknown; use some of SHA-512-256, SHA-256, MD5
        SIP_AUTH_USERS=b:s3cret SIP_AUTH_OPTIONS=maybe   | SIP_AUTH_OPTIONS=maybe: unknown; use one of on, off
        SIP_AUTH_REALM=x                                 | SIP_AUTH_REALM=x: there are no users; set SIP_AUTH_USERS or
        SIP_AUTH_ALGORITHMS=MD5                          | SIP_AUTH_ALGORITHMS=MD5: there are no users; set
        SIP_AUTH_USERS_FILE=none                         | no such file; make it with: htdigest -c
        SIP_AUTH_USERS_FILE=/                            | SIP_AUTH_USERS_FILE=/: can't be read; make it a text file
        FILE=bob:siprec:s3cret                           | line 1 is not user:realm:HA1
        FILE=#,bob:s3cret                                | line 2 is not user:realm:HA1
        FILE=:siprec:M                                   | line 1 is not user:realm:HA1
        FILE=bob:elsewhere:M                             | no user of the realm siprec; set SIP_AUTH_REALM
        FILE=bob:siprec:M SIP_AUTH_ALGORITHMS=SHA-256    | has no hash of that kind for each user; leave out what is not of MD5
        FILE=bob:siprec:M,eve:siprec:S                   | no kind of hash that each user has; add the lines
        """)
    void aWrongValueIsNamedWithItsRemedyButNoSecret(String settings, String line) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String setting : settings.split(" ")) {
            int equals = setting.indexOf('=');
            String value = setting.substring(equals + 1);
            if (setting.startsWith("FILE=")) {
                environment.put("SIP_AUTH_USERS_FILE", file(value));
            } else {
                environment.put(setting.substring(0, equals), value);
            }
        }
        assertThatThrownBy(() -> Settings.of(environment, true))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.lines())
                                .singleElement()
                                .asString()
                                .contains(line)
                                .doesNotContain("s3cret", MD5, SHA_256, "\n"));
    }

    @Test
    void settingsPrintNoSecret() throws SettingsException {
        Settings settings = Settings.of(Map.of("SIP_AUTH_USERS", "bob:zanzibar"), true);
        assertThat(List.of(settings.toString(), settings.authentication().toString()))
                .allMatch(text -> !text.contains("zanzibar") && !text.contains(MD5) && !text.contains(SHA_256));
    }
}
