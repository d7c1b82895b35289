package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.ResponsePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The 2xx responses of a dialog that have no ACK yet (RFC 3261 section 13.3.1.4): mostly one, for a moment. */
final class UnacknowledgedSuccesses {
    private final Context context;
    private final LongConsumer onNoAck;
    private final List<Success> open = new ArrayList<>(1);

    private record Success(long cseq, boolean offer, SuccessRepeater repeater) {}

    /** {@code onNoAck} gets the CSeq number of a 2xx that was repeated in vain. */
    UnacknowledgedSuccesses(Context context, LongConsumer onNoAck) {
        this.context = context;
        this.onNoAck = onNoAck;
    }

    /** A 2xx is about to be sent. {@code offer} says that it holds our offer, so that the ACK has the answer. */
    void add(long cseq, boolean offer, byte[] response, ResponsePath path) {
        Runnable givenUp = () -> {
            acknowledged(cseq);
            onNoAck.accept(cseq);
        };
        open.add(new Success(cseq, offer, new SuccessRepeater(context, path, response, givenUp)));
    }

    /** The ACK has come. False when it came before. */
    boolean acknowledged(long cseq) {
        for (Success success : open) {
            if (success.cseq == cseq) {
                success.repeater.stop();
                open.remove(success);
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Whether an offer of ours waits for its answer in the ACK. */
    boolean offerOpen() {
        return open.stream().anyMatch(Success::offer);
    }

    void stop() {
        open.forEach(success -> success.repeater.stop());
        open.clear();
    }
}
