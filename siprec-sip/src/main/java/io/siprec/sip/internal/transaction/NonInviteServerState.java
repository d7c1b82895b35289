package io.siprec.sip.internal.transaction;

/** Non-INVITE server transaction: RFC 3261 section 17.2.2; no provisional responses (RFC 4320 section 4.1). */
enum NonInviteServerState {
    TRYING,
    COMPLETED,
    TERMINATED;

    enum Input {
        REQUEST,
        SENT_FINAL,
        TIMER_J
    }

    /** The state after {@code input}; the same one where the RFC stays put. */
    NonInviteServerState on(Input input) {
        return switch (this) {
            case TRYING -> input == Input.SENT_FINAL ? COMPLETED : this;
            case COMPLETED -> input == Input.TIMER_J ? TERMINATED : this;
            case TERMINATED -> this;
        };
    }
}
