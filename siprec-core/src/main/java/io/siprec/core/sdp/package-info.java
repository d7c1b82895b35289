/** Session descriptions (RFC 8866) and the answer of a recorder (RFC 3264, RFC 7866). */
package io.siprec.core.sdp;
