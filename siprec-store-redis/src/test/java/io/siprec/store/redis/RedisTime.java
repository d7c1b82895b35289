package io.siprec.store.redis;

import io.lettuce.core.api.sync.RedisHashCommands;
import io.lettuce.core.api.sync.RedisKeyCommands;
import io.lettuce.core.api.sync.RedisSortedSetCommands;
import io.siprec.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Moves the time of a Redis by hand: what it keeps is nearer to its end by as much. */
final class RedisTime {
    private final ManualClock clock = new ManualClock();

    /** For the stores. */
    Clock clock() {
        return clock.clock();
    }

    /** Lets time pass for all keys of the default prefix. */
    <
                    C extends
                            RedisKeyCommands<String, String> & RedisHashCommands<String, String>
                                    & RedisSortedSetCommands<String, String>>
            void advance(C redis, Duration time) {
        clock.advance(time);
        for (String key : redis.keys("siprec:*")) {
            if (key.startsWith("siprec:session:") && redis.hexists(key, "x")) {
                redis.hincrby(key, "x", -time.toMillis());
            }
            Long leftMs = redis.pttl(key);
            if (leftMs >= 0 && leftMs <= time.toMillis()) {
                redis.del(key);
            } else if (leftMs >= 0) {
                redis.pexpire(key, leftMs - time.toMillis());
            }
        }
        List<String> nodes = redis.zrange("siprec:nodes", 0, -1);
        nodes.forEach(node -> redis.zincrby("siprec:nodes", -time.toMillis(), node));
    }
}
