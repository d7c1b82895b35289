/** What a speech-to-text provider implements. */
package io.siprec.stt.spi;
