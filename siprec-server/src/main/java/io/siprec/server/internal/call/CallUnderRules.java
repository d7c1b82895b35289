package io.siprec.server.internal.call;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.server.internal.rules.WatchedCall;
import io.siprec.server.internal.rules.WatchedStream;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call as the session rules see it. Loop thread only. */
final class CallUnderRules implements WatchedCall {
    private static final Logger LOG = LoggerFactory.getLogger(CallUnderRules.class);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int NO_SUCH_DIALOG = 481;

    private final Supplier<SipDialog> dialog;
    private final CallMedia media;
    private final CallFindings findings;
    private final BiConsumer<EndCause, String> end;
    private final Runnable changed;

    CallUnderRules(
            Supplier<SipDialog> dialog,
            CallMedia media,
            CallFindings findings,
            BiConsumer<EndCause, String> end,
            Runnable changed) {
        this.dialog = dialog;
        this.media = media;
        this.findings = findings;
        this.end = end;
        this.changed = changed;
    }

    @Override
    public List<? extends WatchedStream> streams() {
        return media.streams();
    }

    @Override
    public void report(Finding finding) {
        findings.add(finding);
        changed.run();
    }

    /** Any answer but these two comes from somebody who knows the dialog (RFC 3261 §12.2.1.2). */
    @Override
    public void probe(Runnable known) {
        try {
            dialog.get().request("OPTIONS", List.of(), Optional.empty(), response -> {
                int status = response.map(SipResponse::status).orElse(REQUEST_TIMEOUT);
                if (status != REQUEST_TIMEOUT && status != NO_SUCH_DIALOG) {
                    known.run();
                }
            });
        } catch (IllegalStateException e) {
            LOG.debug("A session that is ending is not asked: {}", e.getMessage());
        }
    }

    @Override
    public void end(EndCause cause, String text) {
        end.accept(cause, text);
    }
}
