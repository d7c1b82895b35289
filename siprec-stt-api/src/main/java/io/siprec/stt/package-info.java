/** What is asked of a speech-to-text provider, and what comes back. */
package io.siprec.stt;
