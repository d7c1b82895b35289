package io.siprec.sip.internal.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.SessionTimerSettings.Refresher;
import io.siprec.sip.internal.dialog.SessionTimerState.Input;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables of RFC 4028 say, row by row. */
class SessionTimerRulesTest {
    private static final SessionTimerSettings DEFAULTS = SessionTimerSettings.withDefaults();

    private static SipRequest request(String supported, String expires, String minSe) {
        SipRequest.Builder request = SipRequest.builder("INVITE", "sip:srs@127.0.0.1")
                .header("Via", "SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK-1")
                .header("From", "<sip:src@127.0.0.2>;tag=src")
                .header("To", "<sip:srs@127.0.0.1>")
                .header("Call-ID", "c")
                .header("CSeq", "1 INVITE");
        if (supported != null) {
            request.header(supported.startsWith("!") ? "Require" : "Supported", supported.replace("!", ""));
        }
        if (expires != null) {
            request.header("Session-Expires", expires);
        }
        if (minSe != null) {
            request.header("Min-SE", minSe);
        }
        return request.build();
    }

    private static SessionTimerSettings settings(String kind) {
        SessionTimerSettings.Builder builder = SessionTimerSettings.builder();
        return switch (kind) {
            case "default" -> builder.build();
            case "self" -> builder.preferredRefresher(Refresher.SELF).build();
            case "asks" -> builder.askAsServer(true).build();
            case "600" -> builder.interval(Duration.ofSeconds(600)).build();
            case "from 600" -> builder.minimum(Duration.ofSeconds(600)).build();
            case "off" -> SessionTimerSettings.off();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String value(List<Header> headers, String name) {
        String values = headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .collect(Collectors.joining(","));
        return values.isEmpty() ? null : values;
    }

    @ParameterizedTest(name = "{7}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # settings | Supported  | Session-Expires       | Min-SE | answer             | Require | who refreshes | why
        default | timer       | 1800                   | -    | 1800;refresher=uac   | timer | peer | C162 Y, none: we prefer the SRC
        self    | timer       | 1800                   | -    | 1800;refresher=uas   | timer | us   | C162 Y, none: or ourselves
        default | timer       | 1800;refresher=uac     | -    | 1800;refresher=uac   | timer | peer | C162 Y, uac: uac
        self    | timer       | 1800;refresher=uac     | -    | 1800;refresher=uac   | timer | peer | C162 whatever we prefer
        default | 100rel,TIMER| 1800; Refresher = UAS  | -    | 1800;refresher=uas   | timer | us   | C162 Y, uas: uas; case and blanks are free
        default | !timer      | 1800                   | -    | 1800;refresher=uac   | timer | peer | C160 Require: timer tells the same
        default | -           | 1800                   | -    | 1800;refresher=uas   | -     | us   | C162 N, none: uas, and no Require it could not know
        default | -           | 1800;refresher=uac     | -    | 1800;refresher=uas   | -     | us   | C162 N, uac: there is no such row; we do it
        default | timer       | 1800;refresher=both    | -    | 1800;refresher=uac   | timer | peer | an unknown refresher is none
        default | timer       | 90                     | 90   | 90;refresher=uac     | timer | peer | C161 the least
        default | timer       | 1799                   | 1000 | 1799;refresher=uac   | timer | peer | C161 below ours: copied, never raised
        default | timer       | 86400                  | -    | 1800;refresher=uac   | timer | peer | C161 lowered to what we want
        default | timer       | 86400                  | 3600 | 3600;refresher=uac   | timer | peer | C161 lowered, but not under Min-SE
        600     | timer       | 1800                   | 90   | 600;refresher=uac    | timer | peer | C161 the local interval of 600
        600     | timer       | 1800                   | 1900 | 1800;refresher=uac   | timer | peer | a Min-SE above the interval raises nothing
        default | timer       | 99999999999999999999   | -    | 1800;refresher=uac   | timer | peer | more than a number holds
        from 600| timer       | 600                    | -    | 600;refresher=uac    | timer | peer | C161 not below the local minimum
        from 600| -           | 300                    | -    | -                    | -     | -    | too small, but 422 would mean nothing: no timer
        default | timer       | -                      | -    | -                    | -     | -    | C163 none was asked for
        asks    | timer       | -                      | -    | 1800;refresher=uac   | timer | peer | C163 we ask
        asks    | timer       | -                      | 2000 | 2000;refresher=uac   | timer | peer | C163 not under the peer's Min-SE
        asks    | -           | -                      | -    | 1800;refresher=uas   | -     | us   | C163 without timer support we refresh
        off     | timer       | 1800                   | -    | -                    | -     | -    | no timers here
        """)
    void C161_C162_C163_theAnswerToARequest(
            String settings,
            String supported,
            String expires,
            String minSe,
            String answer,
            String require,
            String refresher,
            String why) {
        SipRequest request = request(supported, expires, minSe);
        assertThat(SessionTimerAnswer.refusal(request, settings(settings))).isEmpty();

        SessionTimerAnswer timer = SessionTimerAnswer.to(request, settings(settings));
        assertThat(value(timer.headers(), "Session-Expires")).as(why).isEqualTo(answer);
        assertThat(value(timer.headers(), "Require")).isEqualTo(require);
        assertThat(timer.agreed().map(agreed -> agreed.ours() ? "us" : "peer").orElse(null))
                .isEqualTo(refresher);
        assertThat(timer.agreed().map(agreed -> agreed.seconds() + ""))
                .isEqualTo(Optional.ofNullable(answer).map(text -> text.replaceAll(";.*", "")));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # settings | Supported | Session-Expires | status | why
        default  | timer  | 89              | 422 | C161 below 90 s
        default  | timer  | 0;refresher=uac | 422 | C161
        default  | !timer | 30              | 422 | Require tells the same as Supported
        from 600 | timer  | 599             | 422 | C161 below the local minimum
        default  | -      | 89              | -   | the peer would not know what 422 is
        off      | timer  | 89              | -   | nobody reads it
        default  | timer  | -5              | 400 | no number
        default  | timer  | soon            | 400 | no number
        default  | timer  | ''              | 400 | no number
        off      | timer  | soon            | -   | nobody reads it
        """)
    void C161_anIntervalThatCannotBeTaken(
            String settings, String supported, String expires, Integer status, String why) {
        SessionTimerSettings used = settings(settings);
        var refusal = SessionTimerAnswer.refusal(request(supported, expires, null), used);
        assertThat(refusal.map(RequestChecks.Refusal::status).orElse(null))
                .as(why)
                .isEqualTo(status);
        if (Integer.valueOf(422).equals(status)) {
            assertThat(refusal.orElseThrow().headers())
                    .containsExactly(new Header("Min-SE", used.minimum().toSeconds() + ""));
        }
    }

    @ParameterizedTest(name = "{0} s")
    @CsvSource(delimiter = '|', textBlock = """
        # interval | refresh | BYE | why
        90         | 45      | 60   | C164, C165 a third before a short interval ends
        96         | 48      | 64   | C165 where both margins are the same
        1800       | 900     | 1768 | C165 32 s before a long one ends
        """)
    void C164_C165_whenARefreshIsDueAndWhenItIsTooLate(long interval, long refresh, long bye, String why) {
        SessionInterval timer = new SessionInterval(interval, true);
        assertThat(timer.refreshAfter()).as(why).hasSeconds(refresh);
        assertThat(timer.giveUpAfter()).hasSeconds(bye);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # Session-Expires   | seconds | ours  | why
        1800;refresher=uac  | 1800    | true  | we sent the request: we are the uac
        1800;refresher=uas  | 1800    | false |
        1800                | 1800    | true  | section 7.2 wants a refresher; without one we are it
        60;refresher=uas    | 60      | false | a peer that breaks the rule of 90 s is followed
        0;refresher=uac     | 30      | true  | but not into a flood
        soon                | -       | -     | no timer
        -                   | -       | -     | section 7.2: the session does not expire
        """)
    void whatA2xxSaysToOurRequest(String expires, Long seconds, Boolean ours, String why) {
        SipResponse.Builder response =
                SipResponse.answer(request(null, null, null), FakeNetwork.LOCAL, 200, "OK", "srs");
        if (expires != null) {
            response.header("Session-Expires", expires);
        }
        Optional<SessionInterval> agreed = SessionInterval.of(response.build());
        assertThat(agreed.map(SessionInterval::seconds).orElse(null)).as(why).isEqualTo(seconds);
        assertThat(agreed.map(SessionInterval::ours).orElse(null)).isEqualTo(ours);
    }

    @ParameterizedTest(name = "{0} on {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        OFF        | AGREED_OURS    | WAITING    | a timer, with us as refresher
        OFF        | AGREED_PEERS   | WATCHING   | a timer, with the peer as refresher
        OFF        | AGREED_NONE    | OFF        |
        OFF        | REFRESH_DUE    | OFF        | nothing to refresh
        OFF        | RAN_OUT        | OFF        | nothing to run out
        OFF        | ENDED          | OVER       |
        WAITING    | REFRESH_DUE    | REFRESHING | C164
        WAITING    | REFRESH_FAILED | WAITING    | the answer to what was overtaken
        WAITING    | AGREED_OURS    | WAITING    | refreshed: it starts anew
        WAITING    | AGREED_PEERS   | WATCHING   | the peer takes over
        WAITING    | AGREED_NONE    | OFF        | a 2xx without Session-Expires ends it
        WAITING    | RAN_OUT        | OVER       |
        REFRESHING | AGREED_OURS    | WAITING    | the refresh was accepted
        REFRESHING | AGREED_PEERS   | WATCHING   | accepted, and handed over
        REFRESHING | AGREED_NONE    | OFF        | accepted without Session-Expires
        REFRESHING | REFRESH_FAILED | WAITING    | for another try
        REFRESHING | REFRESH_DUE    | REFRESHING |
        REFRESHING | RAN_OUT        | OVER       | no answer before the end
        WATCHING   | AGREED_PEERS   | WATCHING   | C165 refreshed in time
        WATCHING   | AGREED_OURS    | WAITING    | the peer hands over
        WATCHING   | REFRESH_DUE    | WATCHING   | not ours
        WATCHING   | RAN_OUT        | OVER       | C165
        WATCHING   | ENDED          | OVER       |
        OVER       | AGREED_OURS    | OVER       | what comes late changes nothing
        OVER       | RAN_OUT        | OVER       |
        """)
    void theMoves(SessionTimerState from, Input input, SessionTimerState to, String why) {
        assertThat(from.on(input)).as(why).isEqualTo(to);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> SessionTimerSettings.builder().interval(Duration.ofSeconds(89)))
                .hasMessage("interval must be at least 90 s (RFC 4028 section 4), was PT1M29S");
        assertThatThrownBy(() -> SessionTimerSettings.builder().minimum(Duration.ofSeconds(30)))
                .hasMessageContaining("minimum must be at least 90 s");
        assertThatThrownBy(() -> SessionTimerSettings.builder()
                        .interval(Duration.ofSeconds(100))
                        .minimum(Duration.ofSeconds(200))
                        .build())
                .hasMessage("interval PT1M40S is below the minimum PT3M20S");
        assertThat(DEFAULTS.interval()).hasSeconds(1800);
        assertThat(DEFAULTS.minimum()).hasSeconds(90);
    }
}
