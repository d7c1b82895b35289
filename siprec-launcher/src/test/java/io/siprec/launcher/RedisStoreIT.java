package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.SessionStores;
import io.siprec.core.spi.StoredSession;
import io.siprec.rtp.WavAudio;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a real Redis: what it holds of a call, and what the call knows of its failures: nothing. */
class RedisStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path work;

    @Test
    void aCallIsInRedisWhileItLastsAndRecordedWholeThoughRedisCrashes() throws Exception {
        Tools.require("redis-server", "redis-server");
        Path recordings = work.resolve("recordings");
        try (RedisServer redis = RedisServer.start(work);
                LauncherProcess launcher = serve(redis, recordings);
                SessionStore store = SessionStores.factories().get("redis").open(settings(redis));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(SrcCallSettings.builder("sip:127.0.0.1:" + launcher.sipPort())
                    .audio(AudioSources.noise(1), AudioSources.noise(2))
                    .untilHungUp()
                    .build());
            await("the session is in Redis", () -> store.listByNode("node-1").size() == 1);
            SessionSnapshot snapshot = store.listByNode("node-1").get(0).snapshot();
            assertThat(snapshot.session().state()).isEqualTo(SessionState.RECORDING);
            assertThat(snapshot.parts()).singleElement().satisfies(part -> {
                assertThat(part.root()).isEqualTo(recordings.toString());
                assertThat(recordings.resolve(part.directory()).resolve("manifest.json"))
                        .exists();
            });
            assertThat(store.liveNodes()).containsExactly("node-1");

            long failures = lines(launcher, "The session store fails"); // none, but on a very busy machine
            long returns = lines(launcher, "The session store is back");
            redis.kill();
            await("readiness tells", () -> launcher.get("/readyz").statusCode() == 503);
            assertThat(launcher.get("/readyz").body()).contains("Redis at " + redis.address());
            await("a heartbeat misses it", () -> lines(launcher, "The session store fails") > failures);
            redis.start();
            await("the session is in Redis again", () -> holds(store, snapshot));
            await("readiness tells", () -> launcher.get("/readyz").statusCode() == 200);

            call.hangUp();
            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            await(
                    "the session is out of Redis",
                    () -> store.listByNode("node-1").isEmpty());
            assertWhole(recordings, result);
            assertThat(lines(launcher, "The session store fails")).isEqualTo(failures + 1);
            assertThat(lines(launcher, "The session store is back")).isEqualTo(returns + 1);
        }
    }

    @Test
    void whatAKilledRecorderLeavesInRedisItsNextRunTakesOut() throws Exception {
        Tools.require("redis-server", "redis-server");
        Path recordings = work.resolve("recordings");
        try (RedisServer redis = RedisServer.start(work);
                SessionStore store = SessionStores.factories().get("redis").open(settings(redis));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            LauncherProcess killed = serve(redis, recordings);
            SrcCall call = src.call(SrcCallSettings.builder("sip:127.0.0.1:" + killed.sipPort())
                    .audio(AudioSources.noise(1))
                    .untilHungUp()
                    .build());
            await("the session is in Redis", () -> store.listByNode("node-1").size() == 1);
            killed.kill();
            call.hangUp();
            assertThat(store.listByNode("node-1")).hasSize(1);

            try (LauncherProcess next = serve(redis, recordings)) {
                await(
                        "the session is out of Redis",
                        () -> store.listByNode("node-1").isEmpty());
                assertThat(next.output()).isNotEmpty();
            }
        }
    }

    private static LauncherProcess serve(RedisServer redis, Path recordings) throws Exception {
        return LauncherProcess.serve(
                recordings,
                Map.of(
                        "PORTS",
                        Integer.toString(FreePorts.udpAndTcp()),
                        "RTP_PORT_MIN",
                        "0",
                        "RTP_PORT_MAX",
                        "0",
                        "NODE_ID",
                        "node-1",
                        "REDIS_ENABLED",
                        "true",
                        "REDIS_TIMEOUT",
                        "20s",
                        "REDIS_ADDRESS",
                        redis.address()));
    }

    private static Map<String, String> settings(RedisServer redis) {
        return Map.of("REDIS_ADDRESS", redis.address(), "REDIS_TIMEOUT", "20s");
    }

    private static boolean holds(SessionStore store, SessionSnapshot snapshot) throws SessionStoreException {
        List<StoredSession> found = store.findByCallId(snapshot.session().callId());
        return found.size() == 1
                && found.get(0)
                        .snapshot()
                        .session()
                        .id()
                        .equals(snapshot.session().id());
    }

    private static void assertWhole(Path recordings, SrcCallResult result) throws Exception {
        Path session = LauncherProcess.sessions(recordings).get(0);
        JsonNode manifest = LauncherProcess.manifest(session);
        assertThat(manifest.get("state").asText()).isEqualTo("ended");
        assertThat(manifest.get("node").asText()).isEqualTo("node-1");
        for (SrcStreamReport sent : result.streams()) {
            short[] recorded = WavAudio.read(
                            session.resolve("stream-" + sent.stream().label() + ".wav"))
                    .samples();
            assertThat(RecordingCheck.find(sent.samples(), recorded).complete()).isTrue();
        }
    }

    private static long lines(LauncherProcess launcher, String text) {
        return launcher.output().stream().filter(line -> line.contains(text)).count();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < endNs) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (SessionStoreException e) {
                last = e.getMessage();
            }
            TimeUnit.MILLISECONDS.sleep(50); // other processes: there is nothing to be notified by
        }
        throw new AssertionError("waited in vain until " + what + "; " + last);
    }
}
