package io.siprec.sip.transport;

import java.util.Locale;

/** A transport protocol for SIP (RFC 3261 section 18). */
public enum Transport {
    /** Datagrams: the transaction layer repeats what gets lost. */
    UDP(false, 5060),
    /** Connections: bytes arrive or the connection ends. */
    TCP(true, 5060),
    /** Connections that are encrypted and whose server, at least, has proved who it is (RFC 3261 section 26.2.1). */
    TLS(true, 5061);

    private final boolean reliable;
    private final int defaultPort;

    Transport(boolean reliable, int defaultPort) {
        this.reliable = reliable;
        this.defaultPort = defaultPort;
    }

    /** The port of an address that names none (RFC 3261 section 19.1.2). */
    public int defaultPort() {
        return defaultPort;
    }

    /** Whether the transport itself repeats lost bytes, so that transactions don't. */
    public boolean reliable() {
        return reliable;
    }

    /** The value of a URI's transport parameter (RFC 3261 section 19.1.1): {@code udp}, {@code tcp}, {@code tls}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
