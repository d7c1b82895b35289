/** How long sessions may last, and what becomes of those that have fallen silent. */
package io.siprec.server.internal.rules;
