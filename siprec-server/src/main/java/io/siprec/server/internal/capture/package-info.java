/** The packet capture of each call: which messages are its own, and how its file came out. */
package io.siprec.server.internal.capture;
