/** IP addresses as text. */
package io.siprec.sip.internal.address;
