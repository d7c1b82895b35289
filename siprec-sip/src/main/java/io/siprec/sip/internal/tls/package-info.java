/** Keys, trust and engines of TLS. */
package io.siprec.sip.internal.tls;
