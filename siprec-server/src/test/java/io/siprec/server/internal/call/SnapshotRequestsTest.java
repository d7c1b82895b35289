package io.siprec.server.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.server.internal.findings.CallFindings;
import org.junit.jupiter.api.Test;

class SnapshotRequestsTest {
    private final FakeDialog dialog = new FakeDialog();
    private final CallFindings findings = new CallFindings();
    private final SnapshotRequests snapshots = new SnapshotRequests(() -> dialog, findings, response -> {});

    @Test
    void C085_whatIsMissingIsAskedForOnceUntilACompleteDocumentComes() {
        snapshots.heard(FakeDialog.request("UPDATE"));
        snapshots.onMissing("before the ACK");
        assertThat(dialog.requests).isZero();
        snapshots.onAcknowledged();
        assertThat(dialog.requests).isOne();
        snapshots.onMissing("while a request is out");
        dialog.answer(200);
        snapshots.onMissing("after it was taken");
        assertThat(dialog.requests).isOne();
        snapshots.onComplete();
        snapshots.onMissing("another matter");
        assertThat(dialog.requests).isEqualTo(2);
        dialog.answer(415);
        snapshots.onMissing("after it was refused");
        assertThat(dialog.requests).isEqualTo(2);
    }

    /** An SRC whose every answer is the next riddle is not asked for ever; the application may. */
    @Test
    void C085_theRequestsAreNoLoop() {
        snapshots.heard(FakeDialog.request("UPDATE"));
        snapshots.onAcknowledged();
        for (int i = 0; i < 100; i++) {
            snapshots.onMissing("a riddle");
            if (!dialog.open.isEmpty()) {
                dialog.answer(200);
            }
            snapshots.onComplete();
        }
        assertThat(dialog.requests).isEqualTo(5);
        snapshots.request(result -> {});
        assertThat(dialog.requests).isEqualTo(6);
    }

    /** It may not answer at all, which would end the dialog: only the application asks it. */
    @Test
    void C089_anSrcThatNeverSaidThatItTakesUpdateIsNotAskedOfOurOwnAccord() {
        snapshots.onAcknowledged();
        snapshots.heard(FakeDialog.request("INVITE"));
        snapshots.onMissing("metadata is missing");
        assertThat(dialog.requests).isZero();
        snapshots.request(result -> {});
        assertThat(dialog.requests).isOne();
    }

    /** Datagrams may change places: the document can be here before the answer to the request for it. */
    @Test
    void C086_aDocumentThatOvertakesTheAnswerIsTheOneThatWasAskedFor() {
        snapshots.onAcknowledged();
        snapshots.request(result -> {});
        snapshots.onComplete();
        dialog.answer(200);
        snapshots.end();
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void C086_aDocumentThatNeverCameIsSaid() {
        snapshots.onAcknowledged();
        snapshots.request(result -> {});
        dialog.answer(200);
        snapshots.end();
        assertThat(findings.list()).extracting(Finding::code).containsExactly("snapshot-not-sent");
    }
}
