package io.siprec.rtp.internal.rtcp;

import io.siprec.rtp.RtcpSettings;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where reports go: to where RTCP of the recorded source comes from; else to where the signalling says, if that is the host that
 * sends; else next to where its RTP comes from (a NAT moved it). Never to a host that sent nothing, unless so configured, and
 * never to an address that is no single host's.
 */
final class RtcpTarget {
    private RtcpSettings settings;
    private InetSocketAddress signalled;
    private InetSocketAddress proven; // RTCP of the recorded source came from it
    private InetSocketAddress derivedFrom;
    private InetSocketAddress derived;

    /** @param rtp where the sender takes RTP, for want of an address of its own for RTCP */
    void signalled(RtcpSettings newSettings, Optional<InetSocketAddress> rtp) {
        settings = newSettings;
        signalled = newSettings.target().or(() -> rtp.map(this::besides)).orElse(null);
    }

    /** True when RTCP from {@code source} may speak for the RTP that comes from {@code rtpSource}. */
    boolean trusts(InetSocketAddress source, InetSocketAddress rtpSource) {
        return source.equals(signalled) || rtpSource != null && sameHost(source, rtpSource);
    }

    void proven(InetSocketAddress source) {
        if (!source.equals(proven)) {
            proven = source;
        }
    }

    /** Null when there is none now. */
    InetSocketAddress find(InetSocketAddress rtpSource) {
        if (proven != null && trusts(proven, rtpSource)) {
            return SingleHost.orNull(proven);
        }
        if (rtpSource == null) {
            return settings.verifiedTargetsOnly() ? null : SingleHost.orNull(signalled);
        }
        if (signalled != null && (!settings.verifiedTargetsOnly() || sameHost(signalled, rtpSource))) {
            return SingleHost.orNull(signalled);
        }
        if (!rtpSource.equals(derivedFrom)) {
            derivedFrom = rtpSource;
            derived = besides(rtpSource);
        }
        return SingleHost.orNull(derived);
    }

    private InetSocketAddress besides(InetSocketAddress rtp) {
        if (settings.mux() || rtp.isUnresolved()) {
            return rtp;
        }
        return rtp.getPort() == 65_535 ? null : new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1);
    }

    private static boolean sameHost(InetSocketAddress one, InetSocketAddress other) {
        return !one.isUnresolved() && one.getAddress().equals(other.getAddress());
    }
}
