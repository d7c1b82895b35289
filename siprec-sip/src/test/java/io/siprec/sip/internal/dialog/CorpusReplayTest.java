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

/** The public samples and the torture messages of RFC 4475 and RFC 5118, each into a fresh user agent. */
class CorpusReplayTest {

    /** What the first final answer's start line says, "INVITE" when the application was asked, "nothing" for silence. */
    private static String outcome(byte[] bytes, boolean stream) {
        Bench bench = new Bench();
        bench.receive(bytes, stream ? bench.tcp : bench.udp);
        if (!bench.invites.isEmpty()) {
            return "INVITE";
        }
        for (FakeNetwork.Sent sent : bench.network.sent) {
            String line =
                    new String(sent.bytes(), ISO_8859_1).lines().findFirst().orElseThrow();
            if (!line.startsWith("SIP/2.0 1")) {
                return line.substring("SIP/2.0 ".length(), "SIP/2.0 ".length() + 3);
            }
        }
        return "nothing";
    }

    /** What the index's {@code uas_action} allows at this layer. */
    private static List<String> allowed(String action) {
        if (action.startsWith("bit-exact")) {
            return List.of("INVITE", "200", "400", "405", "481", "nothing");
        }
        List<String> allowed = new ArrayList<>();
        for (String code : new String[] {"200", "400", "404", "405", "416", "420", "481", "501", "505"}) {
            if (action.contains(code)) {
                allowed.add(code);
            }
        }
        if (action.contains("drop")) {
            allowed.add("nothing");
        }
        if (action.contains("liberal")
                || action.contains("accept")
                || action.contains("tolerate")
                || action.contains("ignore")) {
            allowed.addAll(List.of("INVITE", "405", "200"));
        }
        if (action.contains("415") || action.contains("406")) {
            allowed.add("INVITE"); // bodies are the application's to judge
        }
        if (allowed.isEmpty()
                || action.startsWith("parse OK; 200")
                || action.contains("2543")
                || action.contains("lenient")) {
            allowed.addAll(List.of("INVITE", "200", "481", "405"));
        }
        return allowed;
    }

    @Test
    void tortureMessagesGetWhatTheIndexSays_C129() {
        Path folder = Corpus.folder("sip-torture");
        List<String> surprises = new ArrayList<>();
        for (String[] row : Corpus.index(folder)) {
            String outcome = outcome(Corpus.bytes(folder.resolve(row[0])), false);
            if (!allowed(row[4]).contains(outcome)) {
                surprises.add(row[0] + ": " + outcome + " instead of " + row[4]);
            }
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void sampleInvitesReachTheApplicationAndMakeADialog() {
        Path folder = Corpus.folder("invites");
        List<String> surprises = new ArrayList<>();
        for (String[] row : Corpus.index(folder)) {
            boolean inDialog = row[2].equals("yes");
            boolean refusedHere = List.of(
                            "crafted-bad-sips-over-udp.sip",
                            "crafted-bad-ruri-tel.sip",
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
    void mutatedSamplesNeverBreakTheStack_C136() {
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
