package io.siprec.launcher;

import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.DigestSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads who may call: the settings {@code SIP_AUTH_...}. What is wrong with them is told without a secret. */
final class AuthSettings {
    private static final String REALM = "SIP_AUTH_REALM";
    private static final String USERS = "SIP_AUTH_USERS";
    private static final String USERS_FILE = "SIP_AUTH_USERS_FILE";
    private static final String ALGORITHMS = "SIP_AUTH_ALGORITHMS";
    private static final String OPTIONS = "SIP_AUTH_OPTIONS";

    private final SettingsReader reader;
    private final String realm;

    private enum Switch {
        ON,
        OFF
    }

    private AuthSettings(SettingsReader reader) {
        this.reader = reader;
        this.realm = reader.text(REALM, "siprec");
    }

    /** What the environment says; empty when nobody needs credentials. Faults go to the reader. */
    static Optional<DigestSettings> of(SettingsReader reader) {
        return new AuthSettings(reader).read();
    }

    private Optional<DigestSettings> read() {
        AuthUsers users = new AuthUsers(realm);
        boolean wanted = reader.given(USERS) || reader.given(USERS_FILE);
        if (!wanted) {
            refuseWithoutUsers();
            return Optional.empty();
        }
        try {
            if (reader.given(USERS)) {
                users.addPasswords(reader.text(USERS, ""));
            }
        } catch (SettingsException e) {
            reader.wrongSecret(USERS, e.getMessage());
        }
        try {
            if (reader.given(USERS_FILE)) {
                users.addFile(reader.path(USERS_FILE, ""));
            }
        } catch (SettingsException e) {
            reader.wrong(USERS_FILE, reader.text(USERS_FILE, ""), e.getMessage());
        }
        boolean options = reader.choice(OPTIONS, Switch.class, Switch.ON) == Switch.ON;
        DigestAlgorithm[] algorithms = algorithms(users);
        if (algorithms.length == 0) {
            return Optional.empty(); // the reader knows why
        }
        return Optional.of(DigestSettings.builder(realm, users.store())
                .algorithms(algorithms)
                .challengeOptions(options)
                .build());
    }

    /** Who sets these without a user thinks that callers are checked, and they would not be. */
    private void refuseWithoutUsers() {
        for (String name : List.of(REALM, ALGORITHMS, OPTIONS)) {
            if (reader.given(name)) {
                reader.wrong(name, reader.text(name, ""), "there are no users; set " + USERS + " or " + USERS_FILE);
            }
        }
    }

    private DigestAlgorithm[] algorithms(AuthUsers users) {
        Set<DigestAlgorithm> known = users.algorithmsOfAll();
        if (users.isEmpty()) {
            return new DigestAlgorithm[0];
        }
        if (known.isEmpty()) {
            reader.wrong(
                    USERS_FILE,
                    reader.text(USERS_FILE, ""),
                    "there is no kind of hash that each user has; add the lines that are missing, MD5 or SHA-256");
        }
        if (!reader.given(ALGORITHMS)) {
            known.remove(DigestAlgorithm.SHA_512_256); // hardly a SIP client knows it
            return known.toArray(DigestAlgorithm[]::new);
        }
        Set<DigestAlgorithm> chosen = EnumSet.noneOf(DigestAlgorithm.class);
        String value = reader.text(ALGORITHMS, "");
        for (String token : value.split(",", -1)) {
            DigestAlgorithm.of(token.trim())
                    .ifPresentOrElse(
                            chosen::add,
                            () -> reader.wrong(
                                    ALGORITHMS,
                                    value,
                                    "unknown; use some of " + tokens(List.of(DigestAlgorithm.values()))
                                            + ", with commas"));
        }
        if (!known.isEmpty() && !known.containsAll(chosen)) {
            reader.wrong(
                    ALGORITHMS,
                    value,
                    USERS_FILE + " has no hash of that kind for each user; leave out what is not of "
                            + tokens(List.copyOf(known)) + ", or add the lines");
        }
        return chosen.toArray(DigestAlgorithm[]::new);
    }

    private static String tokens(List<DigestAlgorithm> algorithms) {
        return new ArrayList<>(algorithms).stream().map(DigestAlgorithm::token).collect(Collectors.joining(", "));
    }
}
