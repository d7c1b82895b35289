/** Asks the application whether calls are to be recorded. */
package io.siprec.server.internal.policy;
