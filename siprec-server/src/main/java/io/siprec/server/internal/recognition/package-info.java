/** Tells INVITEs that ask for a recording from those that do not. */
package io.siprec.server.internal.recognition;
