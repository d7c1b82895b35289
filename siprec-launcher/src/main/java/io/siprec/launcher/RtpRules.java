package io.siprec.launcher;

import io.siprec.rtp.SourceRule;
import io.siprec.server.RtpKeepalive;
import io.siprec.server.SiprecServer;

/**
 * How RTP is received.
 *
 * @param source whose packets are taken
 * @param keepalive what keeps ports open in a NAT
 */
record RtpRules(SourceRule source, RtpKeepalive keepalive) {
    static RtpRules of(SettingsReader reader) {
        return new RtpRules(
                reader.choice("RTP_SOURCE", SourceRule.class, SourceRule.PREFER_SIGNALLED),
                reader.choice("RTP_KEEPALIVE", RtpKeepalive.class, RtpKeepalive.OFF));
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.rtpSource(source).rtpKeepalive(keepalive);
    }
}
