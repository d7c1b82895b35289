package io.siprec.server.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTimerTest {
    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # Supported | Session-Expires        | answer            | BYE after s | why
        timer       | 1800                   | 1800;refresher=uac | 1768       | C161 copied; C162 the SRC is asked to refresh
        timer       | 1800;refresher=uac     | 1800;refresher=uac | 1768       | C162 as asked
        100rel,timer| 90;refresher=uac       | 90;refresher=uac   | 60         | C165 a third before a short interval ends
        timer       | 1800; Refresher = UAS  | -                  | -          | we don't refresh: no timer, RFC 4028 section 9 allows it
        -           | 1800                   | -                  | -          | the SRC does not know the extension
        timer       | -                      | -                  | -          | none was asked for
        timer       | 9999999999             | 604800;refresher=uac | 604768   | C161 lowered to a week
        """)
    void answersWhatWasAskedFor(String supported, String expires, String answer, Long bye, String why) throws Refusal {
        var timer = SessionTimer.of(request(supported, expires));
        String header = timer.map(t -> t.answerHeaders().stream()
                        .filter(h -> h.name().equals("Session-Expires"))
                        .map(Header::value)
                        .collect(Collectors.joining()))
                .orElse(null);
        assertThat(header).as(why).isEqualTo(answer);
        assertThat(timer.map(t -> t.patience().toSeconds()).orElse(null)).isEqualTo(bye);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        89    | 422
        0     | 422
        -5    | 400
        soon  | 400
        ''    | 400
        99999999999999999999 | 400
        """)
    void C161_refusesWhatIsTooSmallOrNoNumber(String expires, int status) {
        assertThatThrownBy(() -> SessionTimer.of(request("timer", expires)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(status);
                    if (status == 422) {
                        assertThat(refusal.headers()).containsExactly(new Header("Min-SE", "90"));
                    }
                });
    }

    private static SipRequest request(String supported, String expires) {
        return Requests.invite(
                supported == null ? null : new Header("Supported", supported),
                expires == null ? null : new Header("Session-Expires", expires));
    }
}
