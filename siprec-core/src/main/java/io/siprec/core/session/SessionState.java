package io.siprec.core.session;

import java.util.Locale;

/** How far a recording session is. */
public enum SessionState {
    /** The 200 was sent; streams are being recorded. */
    RECORDING,
    /** The dialog is over; files are being finished. */
    FINISHING,
    /** All files are final. */
    ENDED;

    /** The name in manifests and events: {@code recording}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
