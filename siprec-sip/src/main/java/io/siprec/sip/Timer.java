package io.siprec.sip;

/** A task that waits for its time. Loop thread only. */
public interface Timer {
    /** Takes the task back; without effect when it has run. */
    void cancel();
}
