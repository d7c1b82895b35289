/** Which sessions of this server belong to the same call. */
package io.siprec.server.internal.links;
