package io.siprec.store.redis;

import java.nio.file.Path;

class DebianRedisTest extends RedisContract {
    @Override
    Path executable() throws Exception {
        return RedisPrograms.debian();
    }
}
