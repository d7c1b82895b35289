package io.siprec.sip.internal.transaction;

/** Non-INVITE client transaction: RFC 3261 section 17.1.2. */
enum NonInviteClientState {
    TRYING,
    PROCEEDING,
    COMPLETED,
    TERMINATED;

    enum Input {
        RECEIVED_1XX,
        RECEIVED_FINAL,
        TIMER_E,
        TIMER_F,
        TIMER_K,
        TRANSPORT_ERROR
    }

    /** The state after {@code input}; the same one where the RFC stays put. */
    NonInviteClientState on(Input input) {
        return switch (this) {
            case TRYING, PROCEEDING ->
                switch (input) {
                    case RECEIVED_1XX -> PROCEEDING;
                    case RECEIVED_FINAL -> COMPLETED;
                    case TIMER_F, TRANSPORT_ERROR -> TERMINATED;
                    default -> this;
                };
            case COMPLETED -> input == Input.TIMER_K ? TERMINATED : this;
            case TERMINATED -> this;
        };
    }
}
