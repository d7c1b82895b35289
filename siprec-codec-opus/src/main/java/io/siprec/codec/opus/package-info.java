/** Opus as an {@link io.siprec.rtp.spi.AudioCodec}. */
package io.siprec.codec.opus;
