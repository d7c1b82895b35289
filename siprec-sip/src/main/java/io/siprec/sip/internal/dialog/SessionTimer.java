package io.siprec.sip.internal.dialog;

import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.dialog.SessionTimerState.Input;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SessionExpires;
import io.siprec.sip.message.SessionExpires.Refresher;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the session timer of one dialog: refreshes or watches, and expires (RFC 4028). Loop thread only. */
final class SessionTimer {
    private static final Header EXPIRED =
            Reason.sip(408, "Session timer expired").header();
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final Context context;
    private final Owner owner;
    private final SessionTimerSettings settings;
    private SessionTimerState state = SessionTimerState.OFF;
    private SessionInterval agreed; // null without a timer
    private long minimumSeconds; // the largest Min-SE that the peer or a proxy wants
    private boolean peerTakesUpdate;
    private boolean updateRefused;
    private long giveUpAtNs;
    private Timer refresh;
    private Timer giveUp;

    /** The dialog. */
    interface Owner {
        /** Sends an UPDATE, or else a re-INVITE, that changes nothing. False when none can be sent now. */
        boolean refresh(boolean update, Consumer<Optional<SipResponse>> onFinal);

        /** Ends the dialog with BYE, because the session ran out. */
        void expire(Header reason);
    }

    SessionTimer(Context context, Owner owner) {
        this.context = context;
        this.owner = owner;
        this.settings = context.settings().sessionTimers();
        this.minimumSeconds = settings.minimum().toSeconds();
    }

    /** What the peer allows, and the least interval that it and the proxies want (section 7.4). */
    void heard(SipMessage message) {
        List<String> allowed = message.values("Allow");
        if (!allowed.isEmpty()) {
            peerTakesUpdate = allowed.contains("UPDATE");
        }
        asked(message);
    }

    /** The least interval that a message tells; one of ours has learned it on the way. */
    void asked(SipMessage message) {
        minimumSeconds = Math.max(minimumSeconds, SessionExpires.minimumSeconds(message));
    }

    /** A 2xx of ours sets the timer anew, or ends it. */
    void answered(SipRequest request, SessionTimerAnswer answer) {
        heard(request);
        restart(answer.agreed());
    }

    /** A 2xx to an INVITE or UPDATE of ours sets the timer anew, or ends it; other responses say nothing of it. */
    void onResponse(SipResponse response) {
        if (response.success() && refreshes(response.cseq().method())) {
            heard(response);
            restart(settings.enabled() ? SessionInterval.of(response) : Optional.empty());
        }
    }

    /** Whether requests with this method refresh a session, whatever else they do (section 7.4). */
    static boolean refreshes(String method) {
        return method.equals("INVITE") || method.equals("UPDATE");
    }

    /** Why a request of the peer can't be taken. */
    Optional<RequestChecks.Refusal> refusal(SipRequest request) {
        return SessionTimerAnswer.refusal(request, settings);
    }

    /** The headers of a request of ours, with what it says of the timer. */
    List<Header> requestHeaders(String method, List<Header> headers) {
        if (!refreshes(method)) {
            return headers;
        }
        List<Header> all = new ArrayList<>(timerHeaders());
        all.addAll(headers);
        return all;
    }

    private List<Header> timerHeaders() {
        if (agreed == null) {
            return SessionTimerOffer.headers(settings, minimumSeconds);
        }
        Refresher refresher = agreed.ours() ? Refresher.UAC : Refresher.UAS;
        return SessionTimerOffer.headers(agreed.seconds(), Optional.of(refresher), minimumSeconds);
    }

    private void restart(Optional<SessionInterval> interval) {
        stopTimers();
        agreed = interval.orElse(null);
        if (agreed == null) {
            state = state.on(Input.AGREED_NONE);
            return;
        }
        state = state.on(agreed.ours() ? Input.AGREED_OURS : Input.AGREED_PEERS);
        if (state == SessionTimerState.OVER) {
            return;
        }
        giveUpAtNs = context.scheduler().nanoTime() + agreed.giveUpAfter().toNanos();
        giveUp = context.scheduler().schedule(agreed.giveUpAfter(), this::onRanOut);
        if (state == SessionTimerState.WAITING) {
            refreshAfter(agreed.refreshAfter());
        }
    }

    private void refreshAfter(Duration delay) {
        refresh = context.scheduler().schedule(delay, this::onRefreshDue);
    }

    private void onRefreshDue() {
        state = state.on(Input.REFRESH_DUE);
        boolean update = peerTakesUpdate && !updateRefused;
        if (!owner.refresh(update, response -> onRefreshed(update, response))) {
            tryLater();
        }
    }

    /** A 2xx has set the timer anew by now; without one 481, 408 and silence are the dialog's to judge. */
    private void onRefreshed(boolean update, Optional<SipResponse> response) {
        if (state != SessionTimerState.REFRESHING) {
            return;
        }
        int status = response.map(SipResponse::status).orElse(0);
        if (update && (status == 405 || status == 488 || status == 501)) {
            updateRefused = true;
            state = state.on(Input.REFRESH_FAILED);
            onRefreshDue();
        } else {
            tryLater();
        }
    }

    /** In the middle of what is left: a refusal that passes costs no call, one that stays no flood (section 7.3). */
    private void tryLater() {
        state = state.on(Input.REFRESH_FAILED);
        Duration delay =
                Duration.ofNanos(giveUpAtNs - context.scheduler().nanoTime()).dividedBy(2);
        if (delay.compareTo(SHORTEST_RETRY) >= 0) {
            refreshAfter(delay);
        }
    }

    private void onRanOut() {
        stopTimers();
        state = state.on(Input.RAN_OUT);
        owner.expire(EXPIRED);
    }

    /** The dialog is over. */
    void end() {
        stopTimers();
        state = state.on(Input.ENDED);
    }

    private void stopTimers() {
        if (refresh != null) {
            refresh.cancel();
            refresh = null;
        }
        if (giveUp != null) {
            giveUp.cancel();
            giveUp = null;
        }
    }
}
