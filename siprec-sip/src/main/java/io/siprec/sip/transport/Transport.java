package io.siprec.sip.transport;

import java.util.Locale;

/** A transport protocol for SIP (RFC 3261 section 18). */
public enum Transport {
    /** Datagrams: the transaction layer repeats what gets lost. */
    UDP(false),
    /** Connections: bytes arrive or the connection ends. */
    TCP(true),
    /** Connections that are encrypted and whose server, at least, has proved who it is (RFC 3261 section 26.2.1). */
    TLS(true);

    private final boolean reliable;

    Transport(boolean reliable) {
        this.reliable = reliable;
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
