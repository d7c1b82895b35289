/** IP addresses as text. For this module alone: not exported. */
package io.siprec.sip.address;
