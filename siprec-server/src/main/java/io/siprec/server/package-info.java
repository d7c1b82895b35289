/** The embeddable session recording server (RFC 7866): start it, listen to its sessions, close it. */
package io.siprec.server;
