package io.siprec.server.internal.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.server.NonSiprecInvites;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    private static final Recognition LENIENT = new Recognition(false, NonSiprecInvites.REJECT);
    private static final Recognition STRICT = new Recognition(true, NonSiprecInvites.REJECT);

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # Contact                                   | Require         | recording | why
        <sip:a@127.0.0.1>;+sip.src                  | siprec          | true      | C001 both signs
        <sip:a@127.0.0.1>;+sip.src                  | -               | true      | C002 the feature tag alone
        <sip:a@127.0.0.1>                           | timer, SIPREC   | true      | C006 the option tag alone, in capitals
        <sip:a@127.0.0.1>;Expires=60;+SIP.SRC="TRUE"| -               | true      | C006 with a value, among others
        <sip:a@127.0.0.1>;src                       | -               | true      | C007 the spelling of BroadWorks
        <sip:a@127.0.0.1;+sip.src>                  | -               | true      | C007 inside the URI, as Avaya does
        <sip:a@127.0.0.1;+sip.src                   | -               | true      | C007 the bracket is never closed
        <sip192.0.2.1:5060>;+sip.src                | -               | true      | C007 the URI is broken
        <sip:a@127.0.0.1>                           | 100rel          | false     | C003 a plain call
        <sip:a@127.0.0.1>;srcfoo                    | -               | false     | C003 another parameter that begins alike
        <sip:src@127.0.0.1>                         | -               | false     | C003 a user called src
        -                                           | -               | false     | C003 no Contact at all
        """)
    void C002_C003_C006_C007_takesAnyOneSign(String contact, String require, boolean recording, String why) {
        assertThat(LENIENT.isRecordingSession(invite(contact, require), SessionBody.NONE))
                .as(why)
                .isEqualTo(recording);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # Contact                                   | Require         | recording | why
        <sip:a@127.0.0.1>;+sip.src                  | siprec          | true      | both signs
        <sip:a@127.0.0.1>;Expires=60;+SIP.SRC="TRUE"| timer,SIPREC    | true      | C006 with a value, in capitals, among others
        sip:a@127.0.0.1;+sip.src                    | siprec          | true      | no brackets: what follows belongs to the header
        <sip:a@127.0.0.1>;+sip.src="FALSE"          | siprec          | false     | the tag says that it is no SRC
        <sip:a@127.0.0.1>;+sip.src                  | -               | false     | no option tag
        <sip:a@127.0.0.1>                           | siprec          | false     | no feature tag
        <sip:a@127.0.0.1>;src                       | siprec          | false     | not the feature tag
        <sip:a@127.0.0.1;+sip.src>                  | siprec          | false     | inside the URI
        -                                           | siprec          | false     | no Contact at all
        """)
    void C001_strictlyBothSignsMustBeThere(String contact, String require, boolean recording, String why) {
        SipRequest invite = invite(contact, require);
        assertThat(STRICT.isRecordingSession(invite, SessionBody.NONE)).as(why).isEqualTo(recording);
        assertThat(LENIENT.oddity(invite, SessionBody.NONE).isEmpty()).as(why).isEqualTo(recording);
    }

    @Test
    void C001_C003_theWarningNamesWhatIsMissing() {
        assertThatThrownBy(() -> STRICT.check(invite("<sip:a@127.0.0.1>;+sip.src", null), SessionBody.NONE))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(488);
                    assertThat(refusal.headers().get(0).value())
                            .startsWith("399 ")
                            .contains("lacks Require: siprec")
                            .doesNotContain("+sip.src");
                });
        assertThatCode(() -> new Recognition(true, NonSiprecInvites.RECORD)
                        .check(invite("<sip:a@127.0.0.1>", null), SessionBody.NONE))
                .doesNotThrowAnyException();
    }

    private static SipRequest invite(String contact, String require) {
        return Requests.invite(
                contact == null ? null : new Header("Contact", contact),
                require == null ? null : new Header("Require", require));
    }
}
