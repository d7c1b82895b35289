package io.siprec.server.internal.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.server.internal.body.SessionBody;
import io.siprec.sip.message.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    private static final SessionBody NOTHING = new SessionBody(Optional.empty(), List.of(), List.of());

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
    void takesAnyOneSign(String contact, String require, boolean recording, String why) {
        var invite = Requests.invite(
                contact == null ? null : new Header("Contact", contact),
                require == null ? null : new Header("Require", require));
        assertThat(Recognition.isRecordingSession(invite, NOTHING)).as(why).isEqualTo(recording);
    }
}
