/** The bodies of requests: offer, answer and metadata, out of whatever MIME they came in. */
package io.siprec.server.internal.body;
