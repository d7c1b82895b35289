/** Sessions in Redis, standalone, behind Sentinels, or in a Cluster. */
package io.siprec.store.redis;
