package io.siprec.server.internal.policy;

import io.siprec.server.CallDecision;
import io.siprec.server.CallPolicy;
import io.siprec.server.CallRequest;
import io.siprec.server.internal.work.KeyedWorker;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application about INVITEs, on a thread of its own; the decisions come back to the loops. */
public final class PolicyDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30); // as CallPolicy promises
    private static final CallDecision TOO_SLOW = CallDecision.refuse(503, "No Decision In Time");
    private static final CallDecision TOO_MANY = CallDecision.refuse(503, "Too Many Calls Wait For A Decision");
    private static final CallDecision FAILED = CallDecision.refuse(500, "Call Policy Failed");

    private final Optional<CallPolicy> policy;
    private final KeyedWorker worker;

    /**
     * @param policy empty to take every call, without asking
     * @param maxWaiting most INVITEs that may wait to be asked about
     */
    public PolicyDesk(Optional<CallPolicy> policy, int maxWaiting) {
        this.policy = policy;
        this.worker = new KeyedWorker("siprec-policy", maxWaiting);
    }

    public void start() {
        worker.start();
    }

    /**
     * Asks about an INVITE. Loop thread.
     *
     * @param request what the application sees
     * @param onDecided runs once, on the loop: now where there is nothing to ask; empty when the SRC has given up
     */
    public void ask(ServerInvite invite, Supplier<CallRequest> request, Consumer<Optional<CallDecision>> onDecided) {
        if (policy.isEmpty()) {
            onDecided.accept(Optional.of(CallDecision.accept()));
            return;
        }
        Question question = new Question(onDecided);
        question.timer = invite.loop().schedule(PATIENCE, () -> question.settle(Optional.of(TOO_SLOW)));
        invite.onCancel(() -> question.settle(Optional.empty()));
        CallRequest asked = request.get();
        if (!worker.submit(question, () -> decide(invite, asked, question))) {
            question.settle(Optional.of(TOO_MANY));
        }
    }

    private void decide(ServerInvite invite, CallRequest request, Question question) {
        try {
            CompletionStage<CallDecision> decision = policy.orElseThrow().decide(request);
            decision.whenComplete((value, failure) -> decided(invite, question, value, failure));
        } catch (RuntimeException | Error e) {
            decided(invite, question, null, e);
        }
    }

    private static void decided(ServerInvite invite, Question question, CallDecision decision, Throwable failure) {
        if (decision == null) {
            LOG.error("The call policy failed", failure);
        }
        Optional<CallDecision> settled = Optional.of(decision == null ? FAILED : decision);
        invite.loop().execute(() -> question.settle(settled)); // a loop that takes no more has its timer
    }

    @Override
    public void close() {
        worker.close();
    }

    /** One INVITE that waits. Loop thread only. */
    private static final class Question {
        private final Consumer<Optional<CallDecision>> onDecided;
        private Timer timer; // set before anything can settle
        private boolean settled;

        Question(Consumer<Optional<CallDecision>> onDecided) {
            this.onDecided = onDecided;
        }

        void settle(Optional<CallDecision> decision) {
            if (!settled) {
                settled = true;
                timer.cancel();
                onDecided.accept(decision);
            }
        }
    }
}
