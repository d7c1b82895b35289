package io.siprec.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # value                                            | protocol | cause | text                       | why
            SIP ;cause=200 ;text="Call completed elsewhere"    | SIP      | 200   | Call completed elsewhere   | RFC 3326 section 2
            Q.850 ;cause=16 ;text="Terminated"                 | Q.850    | 16    | Terminated                 | RFC 3326 section 2
            SIP ;cause=600 ;text="Busy; \\"really\\" \\\\, so" | SIP      | 600   | Busy; "really" \\, so      | separators and escapes in the text
            preemption;CAUSE=1;Text=UA                         | preemption | 1   | UA                         | RFC 4411, names without case, text not quoted
            Q.850                                              | Q.850    | -1    | ``                         | a protocol alone
            SIP;cause=many                                     | SIP      | -1    | ``                         | a cause that is none
            SIP;cause=;text=""                                 | SIP      | -1    | ``                         | empty values
            """)
    void reads(String value, String protocol, int cause, String text, String why) throws SipParseException {
        Reason reason = Reason.parse(value);
        assertThat(reason.protocol()).isEqualTo(protocol);
        assertThat(reason.cause()).isEqualTo(cause < 0 ? OptionalInt.empty() : OptionalInt.of(cause));
        assertThat(reason.text()).isEqualTo(text);
        assertThat(Reason.parse(reason.toString())).as("written and read again").isEqualTo(reason);
    }

    @Test
    void aMessageMayHoldSeveral() {
        SipRequest bye = SipRequest.builder("BYE", "sip:a@b")
                .header("Via", "SIP/2.0/UDP h;branch=z9hG4bK-1")
                .header("From", "<sip:a>;tag=1")
                .header("To", "<sip:b>;tag=2")
                .header("Call-ID", "c")
                .header("CSeq", "1 BYE")
                .header("Reason", "SIP;cause=480;text=\"a, b\", ;cause=3, Q.850;cause=18")
                .header("reason", "X.1")
                .build();
        assertThat(Reason.of(bye)).extracting(Reason::protocol).containsExactly("SIP", "Q.850", "X.1");
    }

    @Test
    void writes() {
        assertThat(Reason.sip(503, "Disk \"full\"").header())
                .isEqualTo(new Header("Reason", "SIP;cause=503;text=\"Disk \\\"full\\\"\""));
        assertThat(Reason.NORMAL_CLEARING).hasToString("Q.850;cause=16;text=\"Normal call clearing\"");
        assertThatThrownBy(() -> new Reason("a b", OptionalInt.empty(), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reason.sip(1_000, "")).hasMessageContaining("1000");
        assertThatThrownBy(() -> Reason.parse("")).isInstanceOf(SipParseException.class);
    }
}
