package io.siprec.launcher;

import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.auth.MapUserStore;
import io.siprec.sip.auth.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The users of one realm, from settings and from a file as htdigest makes it. No message holds a secret. */
final class AuthUsers {
    private final String realm;
    private final MapUserStore.Builder store = MapUserStore.builder();
    private final Map<String, Set<DigestAlgorithm>> users = new HashMap<>();

    AuthUsers(String realm) {
        this.realm = realm;
    }

    /** Adds {@code user:password} pairs with commas between them. */
    void addPasswords(String pairs) throws SettingsException {
        int number = 0;
        for (String pair : pairs.split(",", -1)) {
            number++;
            int colon = pair.indexOf(':');
            String user = colon < 0 ? "" : pair.substring(0, colon).trim();
            if (user.isEmpty() || colon == pair.length() - 1) {
                throw new SettingsException("entry " + number + " is not user:password;"
                        + " use pairs with commas, as in sbc1:secret,sbc2:secret");
            }
            store.password(user, realm, pair.substring(colon + 1));
            users.put(user, EnumSet.allOf(DigestAlgorithm.class));
        }
    }

    /** Adds lines of {@code user:realm:HA1}; those of other realms, empty ones and comments are left out. */
    void addFile(Path file) throws SettingsException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new SettingsException("no such file; make it with: htdigest -c " + file + " " + realm + " USER");
        } catch (IOException e) {
            throw new SettingsException("can't be read; make it a text file that this user may read");
        }
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                found |= addLine(line, i + 1);
            }
        }
        if (!found) {
            throw new SettingsException("no user of the realm " + realm
                    + "; set SIP_AUTH_REALM to the realm of the file, or add users with htdigest");
        }
    }

    /** Whether the line is about our realm. */
    private boolean addLine(String line, int number) throws SettingsException {
        int first = line.indexOf(':');
        int last = line.lastIndexOf(':');
        if (first <= 0 || last == first) {
            throw notThree(number);
        }
        if (!line.substring(first + 1, last).equals(realm)) {
            return false;
        }
        String user = line.substring(0, first);
        String ha1 = line.substring(last + 1);
        DigestAlgorithm algorithm =
                ha1.length() == DigestAlgorithm.MD5.hexDigits() ? DigestAlgorithm.MD5 : DigestAlgorithm.SHA_256;
        try {
            store.ha1(user, realm, algorithm, ha1);
        } catch (IllegalArgumentException e) {
            throw notThree(number);
        }
        users.computeIfAbsent(user, name -> EnumSet.noneOf(DigestAlgorithm.class))
                .add(algorithm);
        return true;
    }

    private static SettingsException notThree(int number) {
        return new SettingsException("line " + number
                + " is not user:realm:HA1 with 32 (MD5) or 64 (SHA-256) hex digits; make lines with htdigest");
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    /** The algorithms in which each user has a hash; a new set. */
    Set<DigestAlgorithm> algorithmsOfAll() {
        Set<DigestAlgorithm> all = EnumSet.allOf(DigestAlgorithm.class);
        users.values().forEach(all::retainAll);
        return all;
    }

    UserStore store() {
        return store.build();
    }
}
