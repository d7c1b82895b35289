package io.siprec.core.session;

import java.util.Locale;

/** Why a recording session ended. */
public enum EndCause {
    /** The SRC sent BYE. */
    SRC_BYE,
    /** The SRC never acknowledged our 200 (RFC 3261 §13.3.1.4); what was recorded is kept. */
    NO_ACK,
    /** The offer was left to us, and the SRC acknowledged it without an answer that could be used (RFC 3261 §13.2.1). */
    UNUSABLE_ANSWER,
    /** The session timer ran out without a refresh (RFC 4028 §10). */
    SESSION_TIMER,
    /** The SRC no longer knows the dialog: it answered a request of ours with 408 or 481 (RFC 3261 §12.2.1.2). */
    DIALOG_LOST,
    /** Nothing came for the time that was set, neither audio nor a request of the SRC. */
    IDLE,
    /** No line that should carry audio had any for the time that was set. */
    RTP_TIMEOUT,
    /** The longest time that a session may last was over. */
    MAX_DURATION,
    /** Metadata of the SRC could not be read, and the server is set to end such sessions (RFC 7866 §9.2). */
    METADATA_ERROR,
    /** The application or an operator ended it. */
    OPERATOR,
    /** The server was shut down. */
    SHUTDOWN,
    /** The server died; what it left was repaired by the next one to start. */
    INTERRUPTED;

    /** The name in manifests and events: {@code src-bye}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
