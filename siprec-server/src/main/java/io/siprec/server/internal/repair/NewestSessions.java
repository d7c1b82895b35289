package io.siprec.server.internal.repair;

import io.siprec.core.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The session folders of the newest days: a start must not cost a walk through the recordings of years. */
final class NewestSessions {
    /** No call lasts longer than a week. */
    static final int DAYS = 8;

    private NewestSessions() {}

    /** Folders of days with recordings, newest first. */
    static List<Path> days(Path root) throws IOException {
        List<Path> days = new ArrayList<>();
        for (Path year : numbered(root, 4)) {
            for (Path month : numbered(year, 2)) {
                days.addAll(numbered(month, 2));
                if (days.size() >= DAYS) {
                    return days.subList(0, DAYS);
                }
            }
        }
        return days;
    }

    private static List<Path> numbered(Path folder, int digits) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.getFileName().toString().matches("\\d{" + digits + "}"))
                    .filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Sessions of a day that began before {@code start}. */
    static List<Path> before(Path day, Instant start) throws IOException {
        try (Stream<Path> inside = Files.list(day)) {
            return inside.filter(folder -> began(folder.getFileName().toString()) < start.toEpochMilli())
                    .toList();
        }
    }

    /** By the id, for that is our own clock's time. */
    private static long began(String name) {
        try {
            return UUID.fromString(SessionId.of(name).value()).getMostSignificantBits() >>> 16;
        } catch (IllegalArgumentException e) {
            return Long.MAX_VALUE; // none of ours
        }
    }
}
