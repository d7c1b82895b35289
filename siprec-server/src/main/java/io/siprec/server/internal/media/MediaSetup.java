package io.siprec.server.internal.media;

import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SourceRule;
import io.siprec.server.RtpKeepalive;

/**
 * What the media of all calls has in common.
 *
 * @param plane receives and records
 * @param format of the files
 * @param addresses of this recorder
 * @param security of calls and lines
 * @param sources whose packets are taken
 * @param keepalive of ports behind a NAT
 * @param maskDtmf whether the keys that were pressed are kept out of everything
 * @param offeredStreams m-lines of an offer for an INVITE without one; at least 1
 */
public record MediaSetup(
        MediaPlane plane,
        RecordingFormat format,
        MediaAddresses addresses,
        SecurityRules security,
        SourceRule sources,
        RtpKeepalive keepalive,
        boolean maskDtmf,
        int offeredStreams) {}
