/** What was odd about a call. */
package io.siprec.server.internal.findings;
