package io.siprec.sip.internal.dialog;

import io.siprec.sip.SipTimers;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.transaction.Backoff;
import io.siprec.sip.internal.transaction.ResponsePath;
import java.time.Duration;

/** Repeats a 2xx to INVITE until its ACK comes, over every transport (RFC 3261 section 13.3.1.4). */
final class SuccessRepeater {
    private final Context context;
    private final ResponsePath path;
    private final byte[] response;
    private Timer repeat;
    private final Timer giveUp;

    /** Starts; the response was sent once by the transaction. */
    SuccessRepeater(Context context, ResponsePath path, byte[] response, Runnable onNoAck) {
        this.context = context;
        this.path = path;
        this.response = response;
        SipTimers timers = context.settings().timers();
        this.giveUp = context.scheduler().schedule(timers.giveUp(), () -> {
            stop();
            onNoAck.run();
        });
        repeatAfter(timers.t1());
    }

    private void repeatAfter(Duration interval) {
        repeat = context.scheduler().schedule(interval, () -> {
            context.counters().retransmissionSent(path.source());
            path.send(response);
            repeatAfter(Backoff.next(interval, context.settings().timers()));
        });
    }

    void stop() {
        repeat.cancel();
        giveUp.cancel();
    }
}
