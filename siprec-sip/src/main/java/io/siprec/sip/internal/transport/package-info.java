/** Sockets: datagrams, connections, framing. */
package io.siprec.sip.internal.transport;
