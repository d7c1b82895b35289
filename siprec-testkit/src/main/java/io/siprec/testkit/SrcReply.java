package io.siprec.testkit;

import io.siprec.sip.message.Header;
import java.util.List;
import java.util.Objects;

/**
 * How the client answers a request of the recorder. A 200 to an offer gets the client's answer, a 200 to a re-INVITE without
 * one its offer.
 *
 * @param status 200 to 699; 0 for no answer at all
 * @param reason the reason phrase
 * @param headers further header fields
 */
public record SrcReply(int status, String reason, List<Header> headers) {
    /** Copies the list. */
    public SrcReply {
        Objects.requireNonNull(reason, "reason");
        headers = List.copyOf(headers);
        if (status != 0 && (status < 200 || status > 699)) {
            throw new IllegalArgumentException("a final status is 200 to 699, was " + status);
        }
    }

    /** 200. */
    public static SrcReply ok() {
        return new SrcReply(200, "OK", List.of());
    }

    /** A status of 300 to 699. */
    public static SrcReply refusal(int status, String reason, Header... headers) {
        return new SrcReply(status, reason, List.of(headers));
    }

    /** The recorder waits in vain. */
    public static SrcReply silence() {
        return new SrcReply(0, "", List.of());
    }
}
