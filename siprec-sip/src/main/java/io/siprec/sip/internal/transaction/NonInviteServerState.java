package io.siprec.sip.internal.transaction;

/** Non-INVITE server transaction: RFC 3261 section 17.2.2 as changed by RFC 4320 section 4. */
enum NonInviteServerState {
    TRYING,
    PROCEEDING,
    COMPLETED,
    TERMINATED;

    enum Input {
        REQUEST,
        SENT_100,
        SENT_FINAL,
        /** The client's timer F has run: a response would come too late to mean anything. */
        TOO_LATE,
        TIMER_J,
        TRANSPORT_ERROR
    }

    /** The state after {@code input}; the same one where the RFC stays put. */
    NonInviteServerState on(Input input) {
        return switch (this) {
            case TRYING, PROCEEDING ->
                switch (input) {
                    case SENT_100 -> PROCEEDING;
                    case SENT_FINAL -> COMPLETED;
                    case TOO_LATE -> TERMINATED;
                    case TRANSPORT_ERROR -> this == PROCEEDING ? TERMINATED : this;
                    default -> this;
                };
            case COMPLETED -> input == Input.TIMER_J || input == Input.TRANSPORT_ERROR ? TERMINATED : this;
            case TERMINATED -> this;
        };
    }
}
