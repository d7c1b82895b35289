package io.siprec.sip.internal.transaction;

/** INVITE server transaction: RFC 3261 section 17.2.1 as changed by RFC 6026 section 7.1. */
enum InviteServerState {
    PROCEEDING,
    ACCEPTED,
    COMPLETED,
    CONFIRMED,
    TERMINATED;

    enum Input {
        INVITE,
        ACK,
        SENT_1XX,
        SENT_2XX,
        SENT_300_699,
        TIMER_G,
        TIMER_H,
        TIMER_I,
        TIMER_L,
        TRANSPORT_ERROR
    }

    /** The state after {@code input}; the same one where the RFC stays put, as RFC 6026 does on TRANSPORT_ERROR. */
    InviteServerState on(Input input) {
        return switch (this) {
            case PROCEEDING -> input == Input.SENT_2XX ? ACCEPTED : input == Input.SENT_300_699 ? COMPLETED : this;
            case COMPLETED -> input == Input.ACK ? CONFIRMED : input == Input.TIMER_H ? TERMINATED : this;
            case ACCEPTED -> input == Input.TIMER_L ? TERMINATED : this;
            case CONFIRMED -> input == Input.TIMER_I ? TERMINATED : this;
            case TERMINATED -> this;
        };
    }
}
