/** Digest authentication at work: nonces, the check of credentials, and the answer to a challenge. */
package io.siprec.sip.internal.auth;
