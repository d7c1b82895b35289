/** Session store on Redis. Empty for now: it says where the store will live and what it may depend on. */
module io.siprec.store.redis {
    requires io.siprec.core;
}
