/** Messages for a person to read: each as it passes by, without what nobody may read. */
package io.siprec.sip.trace;
