/** Telephone events (RFC 4733): from their packets to what they were and where, and their mask. */
package io.siprec.rtp.internal.event;
