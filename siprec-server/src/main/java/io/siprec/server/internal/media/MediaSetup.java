package io.siprec.server.internal.media;

import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.RecordingFormat;

/**
 * What the media of all calls has in common.
 *
 * @param plane receives and records
 * @param format of the files
 * @param addresses of this recorder
 * @param keysOverTlsOnly keys of SRTP are taken over TLS only
 * @param offeredStreams m-lines of an offer for an INVITE without one; at least 1
 */
public record MediaSetup(
        MediaPlane plane,
        RecordingFormat format,
        MediaAddresses addresses,
        boolean keysOverTlsOnly,
        int offeredStreams) {}
