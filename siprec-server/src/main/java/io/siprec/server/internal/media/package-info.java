/** The streams of a call: what was offered, what was answered, where it is recorded. All of it on the signalling loop. */
package io.siprec.server.internal.media;
