package io.siprec.store.redis;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Redis servers to test with. */
final class RedisPrograms {
    private RedisPrograms() {}

    /** Redis 6.2, from the test dependencies. */
    static Path embedded() throws IOException {
        return ExecutableProvider.newJarResourceProvider().get().toPath();
    }

    /** Debian's; without it the test is skipped, or fails where the build says that tools are required. */
    static Path debian() {
        String hint = "redis-server is not installed (Debian package redis-server)";
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getProperty("siprec.tools", "").equals("required")) {
            fail(hint);
        }
        assumeTrue(found.isPresent(), hint);
        return found.get();
    }
}
