package io.siprec.sip.internal.transaction;

/** INVITE client transaction: RFC 3261 section 17.1.1 as changed by RFC 6026 section 7.2. */
enum InviteClientState {
    CALLING,
    PROCEEDING,
    ACCEPTED,
    COMPLETED,
    TERMINATED;

    enum Input {
        RECEIVED_1XX,
        RECEIVED_2XX,
        RECEIVED_300_699,
        TIMER_A,
        TIMER_B,
        TIMER_D,
        TIMER_M,
        TRANSPORT_ERROR
    }

    /** The state after {@code input}; the same one where the RFC stays put. */
    InviteClientState on(Input input) {
        return switch (this) {
            case CALLING, PROCEEDING ->
                switch (input) {
                    case RECEIVED_1XX -> PROCEEDING;
                    case RECEIVED_2XX -> ACCEPTED;
                    case RECEIVED_300_699 -> COMPLETED;
                    case TIMER_B -> this == CALLING ? TERMINATED : this;
                    case TRANSPORT_ERROR -> TERMINATED;
                    default -> this;
                };
            case ACCEPTED -> input == Input.TIMER_M ? TERMINATED : this;
            case COMPLETED -> input == Input.TIMER_D || input == Input.TRANSPORT_ERROR ? TERMINATED : this;
            case TERMINATED -> this;
        };
    }
}
