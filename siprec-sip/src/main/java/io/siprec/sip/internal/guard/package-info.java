/** The guard at work: address matching, the table of sources, rates, overload. */
package io.siprec.sip.internal.guard;
