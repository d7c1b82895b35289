/** The recording metadata model (RFC 7865), its lenient parser and its strict writer. */
package io.siprec.core.metadata;
