/** Digest authentication (RFC 7616, RFC 8760, RFC 3261 section 22): who may send us requests, and who we are to others. */
package io.siprec.sip.auth;
