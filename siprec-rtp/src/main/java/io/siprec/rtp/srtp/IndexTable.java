package io.siprec.rtp.srtp;

import java.util.Arrays;

/** The SSRCs under one key, each with its own indexes (RFC 3711 §3.2.3). */
final class IndexTable {
    /** A peer may take a new SSRC with each re-INVITE, but it has to stop somewhere. */
    static final int MAX_SSRCS = 256;

    private IndexWindow[] windows = new IndexWindow[2];
    private int used;
    private IndexWindow last;

    /** Null when nothing was accepted from {@code ssrc}. */
    IndexWindow find(int ssrc) {
        if (last != null && last.ssrc == ssrc) {
            return last;
        }
        for (int i = 0; i < used; i++) {
            if (windows[i].ssrc == ssrc) {
                last = windows[i];
                return last;
            }
        }
        return null;
    }

    boolean isFull() {
        return used == MAX_SSRCS;
    }

    /** A window for an SSRC that has none. */
    IndexWindow add(int ssrc) {
        if (used == windows.length) {
            windows = Arrays.copyOf(windows, 2 * used);
        }
        last = new IndexWindow(ssrc);
        windows[used++] = last;
        return last;
    }
}
