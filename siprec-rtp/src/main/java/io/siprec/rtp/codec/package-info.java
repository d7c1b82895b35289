/** The codecs in the box, and where those of others are found. */
package io.siprec.rtp.codec;
