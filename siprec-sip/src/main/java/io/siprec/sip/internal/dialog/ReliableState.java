package io.siprec.sip.internal.dialog;

/** The reliable provisional responses to one INVITE (RFC 3262 section 3). The caller sends and sets timers. */
enum ReliableState {
    /** Each that was sent has its PRACK: the next one may go. */
    READY,
    /** One waits for its PRACK, and is repeated. */
    WAITING,
    /** The INVITE has its final response: a PRACK that still comes is answered, nothing is repeated. */
    DONE;

    enum Input {
        SENT,
        PRACK,
        NO_PRACK,
        FINAL
    }

    /** The state after {@code input}; without its PRACK a response ends the INVITE. */
    ReliableState on(Input input) {
        return switch (input) {
            case SENT -> this == READY ? WAITING : this;
            case PRACK -> this == WAITING ? READY : this;
            case NO_PRACK -> this == WAITING ? DONE : this;
            case FINAL -> DONE;
        };
    }
}
