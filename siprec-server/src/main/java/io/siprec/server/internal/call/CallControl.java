package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase.State;
import io.siprec.server.ControlResult;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the recorder itself changes about the media of a call (RFC 7866 §7.2): it pauses, resumes and drops streams, and
 * never adds one. A pause holds here at once, whatever the SRC says to the re-INVITE that tells it. One re-INVITE is out at
 * a time; what is asked meanwhile goes into the next. Loop thread only.
 */
final class CallControl {
    /** How long we wait where the stack itself refreshes the session at the moment, which nobody tells us of. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Supplier<SipDialog> dialog;
    private final CallMedia media;
    private final String localHost;
    private final CallFindings findings;
    private final Consumer<SipResponse> onAccepted;
    private final Runnable changed;
    private final Set<Integer> dropping = new HashSet<>(0); // numbers of streams
    private List<Change> waiting = new ArrayList<>(1);
    private List<Change> offered = List.of(); // in the re-INVITE that is out
    private boolean acknowledged;
    private boolean offering;
    private boolean untold; // the last re-INVITE came to nothing

    /** Who asked, whether that changed something on this side already, and the stream that it drops. */
    private record Change(Consumer<ControlResult> asker, boolean made, OptionalInt dropped) {}

    /**
     * @param dialog of the call, once there is one
     * @param onAccepted takes the SRC's answer out of its 2xx
     */
    CallControl(
            Supplier<SipDialog> dialog,
            CallMedia media,
            String localHost,
            CallFindings findings,
            Consumer<SipResponse> onAccepted,
            Runnable changed) {
        this.dialog = dialog;
        this.media = media;
        this.localHost = localHost;
        this.findings = findings;
        this.onAccepted = onAccepted;
        this.changed = changed;
    }

    /** Records nothing more of a stream, or of all, until it is resumed. */
    void pause(OptionalInt stream, Consumer<ControlResult> asker) {
        ask(stream, media::pauseAll, () -> media.pause(Set.of(stream.orElseThrow())), asker);
    }

    /** Records a stream again, or all, as far as the SRC sends it. */
    void resume(OptionalInt stream, Consumer<ControlResult> asker) {
        ask(stream, media::resumeAll, () -> media.resume(Set.of(stream.orElseThrow())), asker);
    }

    /** Takes a stream out of the session for good, by port 0 (RFC 3264 §8.2). */
    void drop(int stream, Consumer<ControlResult> asker) {
        if (possible(OptionalInt.of(stream), asker)) {
            dropping.add(stream);
            add(new Change(asker, false, OptionalInt.of(stream)));
        }
    }

    /** An ACK has come: the SRC takes a re-INVITE of ours now, and not before (RFC 3261 §14.1). */
    void onAcknowledged() {
        acknowledged = true;
        proceed();
    }

    /** The call is over. */
    void end() {
        List<Change> left = new ArrayList<>(offered);
        left.addAll(waiting);
        offered = List.of();
        waiting = new ArrayList<>(0);
        tell(left, ControlResults.of(Optional.empty()));
    }

    private void ask(OptionalInt stream, Runnable all, Runnable one, Consumer<ControlResult> asker) {
        if (possible(stream, asker)) {
            List<State> before = states();
            (stream.isPresent() ? one : all).run();
            add(new Change(asker, !states().equals(before), OptionalInt.empty()));
        }
    }

    private List<State> states() {
        return streams().stream().map(stream -> stream.phase().state()).toList();
    }

    private List<SessionStream> streams() {
        return media.streams().stream().map(stream -> stream.view(List.of())).toList();
    }

    private boolean possible(OptionalInt stream, Consumer<ControlResult> asker) {
        Optional<String> obstacle = Optional.empty();
        if (dialog.get().ending()) {
            obstacle = Optional.of("the call ends");
        } else if (stream.isPresent() && !there(stream.getAsInt())) {
            obstacle = Optional.of("the session has no stream " + stream.getAsInt());
        }
        obstacle.map(ControlResults::notPossible).ifPresent(asker);
        return obstacle.isEmpty();
    }

    private boolean there(int number) {
        return streams().stream()
                .anyMatch(stream -> stream.number() == number && stream.phase().state() != State.REMOVED);
    }

    private void add(Change change) {
        waiting.add(change);
        if (change.made()) {
            changed.run();
        }
        proceed();
    }

    private void proceed() {
        if (offering || waiting.isEmpty() || dialog.get().ending()) {
            return;
        }
        boolean nothingNew = !untold && dropping.isEmpty() && waiting.stream().noneMatch(Change::made);
        if (nothingNew) {
            settle();
        } else if (acknowledged && !media.offering()) { // the ACK that answers an offer in a 2xx leads here again
            offer();
        }
    }

    /** The SRC need not be asked. */
    private void settle() {
        List<Change> changes = waiting;
        waiting = new ArrayList<>(1);
        changes.forEach(
                change -> change.asker().accept(change.made() ? ControlResults.done() : ControlResults.UNCHANGED));
    }

    private void offer() {
        byte[] standing = media.currentDescription();
        byte[] first = description();
        if (Arrays.equals(first, standing)) {
            media.rollback();
            untold = false;
            settle();
            return;
        }
        offering = true;
        offered = waiting;
        waiting = new ArrayList<>(1);
        try {
            Supplier<SipBody> bodies = new Tries(first);
            dialog.get()
                    .reinvite(
                            OwnMessages.requestHeaders(dialog.get()),
                            bodies,
                            response -> SipBody.none(),
                            this::onFinal);
        } catch (IllegalStateException e) { // an INVITE or an offer is open
            media.rollback();
            offering = false;
            waiting = new ArrayList<>(offered);
            offered = List.of();
            dialog.get().loop().schedule(BUSY, this::proceed);
        }
    }

    private byte[] description() {
        try {
            return media.offerWithout(dropping, localHost);
        } catch (Refusal e) {
            throw new IllegalStateException("an offer of the lines that there are needs no port", e);
        }
    }

    /** What each try of a re-INVITE offers: the session may have changed since the one before. */
    private final class Tries implements Supplier<SipBody> {
        private byte[] next;

        Tries(byte[] first) {
            next = first;
        }

        @Override
        public SipBody get() {
            byte[] description = next == null ? description() : next;
            next = null;
            return OwnMessages.sdp(description);
        }
    }

    private void onFinal(Optional<SipResponse> response) {
        offering = false;
        List<Change> changes = offered;
        offered = List.of();
        changes.forEach(change -> change.dropped().ifPresent(dropping::remove));
        ControlResult result = ControlResults.of(response);
        untold = !result.achieved();
        if (result.achieved()) {
            onAccepted.accept(response.orElseThrow());
        } else {
            media.rollback();
            findings.add(FindingCode.OWN_OFFER_REFUSED, "a re-INVITE of ours came to nothing: " + result.detail());
        }
        changed.run();
        tell(changes, result);
        proceed();
    }

    private static void tell(List<Change> changes, ControlResult result) {
        changes.forEach(change -> change.asker().accept(result));
    }
}
