/** What is written beside the audio: the session's folder, its manifest, the metadata as received. */
package io.siprec.server.internal.files;
