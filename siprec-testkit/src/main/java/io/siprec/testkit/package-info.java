/**
 * A synthetic session recording client (RFC 7866) with audio that can be computed again, the check that finds it in a
 * recording, and a clock that a test moves by hand.
 */
package io.siprec.testkit;
