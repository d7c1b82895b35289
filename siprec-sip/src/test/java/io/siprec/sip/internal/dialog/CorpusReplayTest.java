package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.Corpus;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The public samples, each into a fresh user agent. */
class CorpusReplayTest {
    @Test
    void sampleInvitesReachTheApplicationAndMakeADialog() {
        Path folder = Corpus.folder("invites");
        List<String> surprises = new ArrayList<>();
        for (String[] row : Corpus.index(folder)) {
            boolean inDialog = row[2].equals("yes");
            boolean refusedHere = List.of(
                            "crafted-bad-sips-over-udp.sip",
                            "crafted-bad-ruri-tel.sip",
                            "crafted-bad-session-expires-small.sip",
                            "crafted-bad-cseq-mismatch.sip",
                            "crafted-bad-lf-only.sip")
                    .contains(row[0]);
            if (!row[1].equals("INVITE") || inDialog || refusedHere || row[0].contains("badlength")) {
                continue;
            }
            Bench bench = new Bench();
            bench.receive(Corpus.bytes(folder.resolve(row[0])), bench.udp);
            if (bench.invites.isEmpty()) {
                surprises.add(
                        row[0] + ": " + new String(bench.network.sent.element().bytes(), ISO_8859_1));
                continue;
            }
            SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
            bench.network.sent.clear();
            String ack = "ACK sip:srs@h SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bKackack\nFrom: <sip:a@b>;tag="
                    + dialog.remoteTag() + "\nTo: <sip:a@b>;tag=" + dialog.localTag() + "\nCall-ID: "
                    + dialog.callId() + "\nCSeq: " + dialog.invite().cseq().number() + " ACK\n\n";
            bench.receive(ack, bench.udp);
            dialog.bye(List.of());
            assertThat(bench.sentRequest())
                    .as(row[0])
                    .extracting(SipRequest::method)
                    .isEqualTo("BYE");
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void C136_mutatedSamplesNeverBreakTheStack() {
        Path folder = Corpus.folder("invites");
        List<byte[]> samples = new ArrayList<>();
        for (String[] row : Corpus.index(folder)) {
            samples.add(Corpus.bytes(folder.resolve(row[0])));
        }
        Random random = new Random(4475);
        for (int i = 0; i < 20_000; i++) {
            byte[] sample = samples.get(random.nextInt(samples.size()));
            byte[] mutated = Arrays.copyOf(sample, Math.min(sample.length, 1_500 + random.nextInt(3_000)));
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                int at = random.nextInt(Math.min(mutated.length, 900));
                mutated[at] = (byte)
                        (random.nextBoolean() ? " \r\n:;<>\"@,".charAt(random.nextInt(10)) : random.nextInt(256));
            }
            Bench bench = new Bench();
            bench.receive(mutated, bench.udp);
            bench.invites.forEach(
                    invite -> invite.accept(List.of(), SipBody.none(), bench).bye(List.of()));
            assertThat(bench.statistics().loopErrors()).isZero();
        }
    }
}
