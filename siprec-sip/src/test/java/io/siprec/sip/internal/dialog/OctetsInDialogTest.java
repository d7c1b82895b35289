package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that writes another encoding than UTF-8 gets its own octets back, in answers and in our requests. */
class OctetsInDialogTest {
    private static final String INVITE = """
            INVITE sip:srs@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK-1;x="ü"
            From: "Jörg" <sip:src@127.0.0.2>;tag=src;x="ö"
            To: Größe <sip:srs@127.0.0.1>;y="ß"
            Call-ID: octets
            CSeq: 1 INVITE
            Record-Route: "Ä" <sip:127.0.0.3;lr>;z="é"
            Contact: <sip:src@127.0.0.2:5062>

            """;

    @Test
    void C133_octetsThatAreNoUtf8AreRepeatedAsTheyCame() {
        Bench bench = new Bench();
        bench.receive(INVITE.replace("\n", "\r\n").getBytes(ISO_8859_1), bench.udp);
        bench.network.sent.clear();
        SipDialog dialog = bench.invites.get(0).accept(List.of(), SipBody.none(), bench);
        String tag = ";tag=" + dialog.localTag();

        assertThat(sent(bench))
                .contains(
                        "Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK-1;x=\"ü\"\r\n",
                        "From: \"Jörg\" <sip:src@127.0.0.2>;tag=src;x=\"ö\"\r\n",
                        "To: Größe <sip:srs@127.0.0.1>;y=\"ß\"" + tag + "\r\n",
                        "Record-Route: \"Ä\" <sip:127.0.0.3;lr>;z=\"é\"\r\n");

        bench.receive(
                "ACK sip:srs@h SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK-2\nFrom: <sip:a@b>;tag=src\n"
                        + "To: <sip:a@b>" + tag + "\nCall-ID: octets\nCSeq: 1 ACK\n\n",
                bench.udp);
        dialog.bye(List.of());
        assertThat(sent(bench))
                .startsWith("BYE ")
                .contains(
                        "From: Größe <sip:srs@127.0.0.1>;y=\"ß\"" + tag + "\r\n",
                        "To: \"Jörg\" <sip:src@127.0.0.2>;tag=src;x=\"ö\"\r\n",
                        "Route: \"Ä\" <sip:127.0.0.3;lr>;z=\"é\"\r\n");
    }

    private static String sent(Bench bench) {
        return new String(bench.network.sent.remove().bytes(), ISO_8859_1);
    }
}
