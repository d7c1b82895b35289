package io.siprec.store.redis;

/** How the Redis servers of a store belong together. */
public enum RedisMode {
    /** One server. */
    STANDALONE,
    /** A master and its replicas, watched by Sentinels: the addresses are those of the Sentinels. */
    SENTINEL,
    /** Redis Cluster: the addresses are those of some of its nodes. */
    CLUSTER
}
