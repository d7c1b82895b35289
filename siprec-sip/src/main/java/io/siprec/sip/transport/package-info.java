/** Transports, listening points, and the limits that a peer meets. */
package io.siprec.sip.transport;
