package io.siprec.server;

import java.util.Objects;

/** What a {@link CallPolicy} says to an INVITE. Immutable. */
public final class CallDecision {
    private static final CallDecision ACCEPT = new CallDecision(200, "OK", false);
    private static final CallDecision ACCEPT_PAUSED = new CallDecision(200, "OK", true);

    private final int status;
    private final String reason;
    private final boolean paused;

    private CallDecision(int status, String reason, boolean paused) {
        this.status = status;
        this.reason = reason;
        this.paused = paused;
    }

    /** The call is recorded. */
    public static CallDecision accept() {
        return ACCEPT;
    }

    /**
     * The call is taken, and nothing of it recorded yet: its streams are answered {@code a=inactive} (RFC 7866 §7.2) until
     * the application resumes the session.
     */
    public static CallDecision acceptPaused() {
        return ACCEPT_PAUSED;
    }

    /**
     * The call is not recorded; an SRC may try another recorder, or go on without (RFC 7866 §12.1).
     *
     * @param status 400 to 699, such as 403, 404, 486, 488, 503 or 603 (RFC 3261 §21)
     * @param reason the reason phrase: one line for the operator of the SRC
     * @throws IllegalArgumentException for another status, or a reason that can't stand in a status line
     */
    public static CallDecision refuse(int status, String reason) {
        Objects.requireNonNull(reason, "reason");
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("status must be 400 to 699, was " + status);
        }
        if (reason.isBlank() || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is one line of text");
        }
        return new CallDecision(status, reason, false);
    }

    /** Whether the call is taken, paused or not. */
    public boolean accepted() {
        return status == 200;
    }

    /** Whether it is taken with nothing recorded yet. */
    public boolean paused() {
        return paused;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The reason phrase of the answer. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return paused ? "accept paused" : status + " " + reason;
    }
}
