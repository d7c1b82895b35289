/** Keys, scripts and the connection of the Redis store. */
package io.siprec.store.redis.internal;
