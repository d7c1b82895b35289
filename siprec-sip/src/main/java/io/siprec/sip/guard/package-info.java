/** Who may send to an endpoint, how much, and what it says when it can take no more. */
package io.siprec.sip.guard;
