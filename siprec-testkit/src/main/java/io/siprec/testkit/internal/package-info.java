/** How the synthetic recording client works: signals, packets and their pace, bodies, the course of a call. */
package io.siprec.testkit.internal;
