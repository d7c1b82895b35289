package io.siprec.rtp;

import java.util.List;

/**
 * The telephone events of one stream (RFC 4733).
 *
 * @param listed the first 1,000, in order
 * @param unlisted how many more there were
 */
public record EventList(List<TelephoneEvent> listed, long unlisted) {
    /** Of a stream without events. */
    public static final EventList NONE = new EventList(List.of(), 0);

    /** Copies the list. */
    public EventList {
        listed = List.copyOf(listed);
    }
}
