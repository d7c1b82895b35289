/** The recording session (RFC 7866) as the rest of the world sees it: immutable views, no behaviour. */
package io.siprec.core.session;
