/** Recording sessions: from INVITE to the last file. All of it on the signalling loop. */
package io.siprec.server.internal.call;
