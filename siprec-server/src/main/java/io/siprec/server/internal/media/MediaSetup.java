package io.siprec.server.internal.media;

import io.siprec.rtp.MediaPlane;

/**
 * What the media of all calls has in common.
 *
 * @param plane receives and records
 * @param addresses of this recorder
 * @param offeredStreams m-lines of an offer for an INVITE without one; at least 1
 */
public record MediaSetup(MediaPlane plane, MediaAddresses addresses, int offeredStreams) {}
