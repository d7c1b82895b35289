package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.sip.message.SipDate;
import io.siprec.sip.message.SipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a recording session began or ended: the Date header of the message says so, else its arrival (RFC 7865 §6.1.1). */
final class MessageTime {
    /** A clock that is off by more would put the session beside its own audio, which has our time. */
    private static final Duration MOST_OFF = Duration.ofMinutes(5);

    private MessageTime() {}

    static Instant of(SipMessage message, Instant arrivedAt, CallFindings findings) {
        Optional<Instant> date = message.date().map(SipDate::instant);
        if (date.isEmpty()) {
            return arrivedAt;
        }
        if (Duration.between(date.get(), arrivedAt).abs().compareTo(MOST_OFF) > 0) {
            findings.add(
                    FindingCode.DATE_OFF,
                    "the SRC's Date is more than " + MOST_OFF.toMinutes() + " minutes off our clock");
            return arrivedAt;
        }
        return date.get();
    }
}
