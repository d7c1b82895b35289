package io.siprec.store.redis;

import java.nio.file.Path;

class EmbeddedRedisTest extends RedisContract {
    @Override
    Path executable() throws Exception {
        return RedisPrograms.embedded();
    }
}
