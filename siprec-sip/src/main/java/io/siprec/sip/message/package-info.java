/** SIP messages (RFC 3261 section 7): bytes with an index, typed headers read on demand. */
package io.siprec.sip.message;
