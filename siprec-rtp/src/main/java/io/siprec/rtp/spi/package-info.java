/** What a codec implements. */
package io.siprec.rtp.spi;
