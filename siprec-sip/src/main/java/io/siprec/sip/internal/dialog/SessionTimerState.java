package io.siprec.sip.internal.dialog;

/** The session timer of a dialog (RFC 4028 section 10). The caller sends and sets timers. */
enum SessionTimerState {
    /** No timer was agreed on. */
    OFF,
    /** We refresh, and it is not time yet. */
    WAITING,
    /** A refresh of ours is on its way. */
    REFRESHING,
    /** The peer refreshes. */
    WATCHING,
    /** The session has run out, or its dialog is over. */
    OVER;

    enum Input {
        AGREED_OURS,
        AGREED_PEERS,
        AGREED_NONE,
        REFRESH_DUE,
        REFRESH_FAILED,
        RAN_OUT,
        ENDED
    }

    /** The state after {@code input}. */
    SessionTimerState on(Input input) {
        if (this == OVER) {
            return this;
        }
        return switch (input) {
            case AGREED_OURS -> WAITING;
            case AGREED_PEERS -> WATCHING;
            case AGREED_NONE -> OFF;
            case REFRESH_DUE -> this == WAITING ? REFRESHING : this;
            case REFRESH_FAILED -> this == REFRESHING ? WAITING : this;
            case RAN_OUT -> this == OFF ? OFF : OVER;
            case ENDED -> OVER;
        };
    }
}
