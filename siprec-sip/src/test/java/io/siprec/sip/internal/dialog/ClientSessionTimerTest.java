package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.SessionTimerSettings.Refresher;
import io.siprec.sip.SipDialog;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Session timers in calls that we place (RFC 4028 section 7). */
class ClientSessionTimerTest implements ClientCallListener {
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));

    private final List<String> events = new ArrayList<>();

    @Override
    public void onAccepted(SipResponse response, SipDialog dialog) {
        events.add("accepted");
    }

    @Override
    public void onRejected(SipResponse response) {
        events.add("rejected " + response.status());
    }

    @Override
    public void onFailed(String reason) {
        events.add("failed " + reason);
    }

    private Bench bench;

    @Override
    public DialogListener dialogListener() {
        return bench;
    }

    private SipRequest called(SessionTimerSettings settings) {
        bench = new Bench(builder -> builder.sessionTimers(settings));
        ClientInvite invite = new ClientInvite(
                "sip:srs@127.0.0.2",
                "<sip:src@127.0.0.1>",
                "<sip:srs@127.0.0.2>",
                Transport.UDP,
                new InetSocketAddress("127.0.0.2", 5062),
                List.of(),
                SDP);
        bench.agent.invite(bench.agent.prepare(invite, this, "call-9"));
        return bench.sentRequest();
    }

    private static SessionTimerSettings asking(int seconds, Refresher refresher) {
        return SessionTimerSettings.builder()
                .askAsClient(true)
                .interval(Duration.ofSeconds(seconds))
                .preferredRefresher(refresher)
                .build();
    }

    private void answer(SipRequest request, int status, String... headers) {
        SipResponse.Builder response = SipResponse.answer(request, FakeNetwork.LOCAL, status, "Reason", "srs");
        response.header("Contact", "<sip:srs@127.0.0.2:5062>");
        for (String header : headers) {
            response.header(header.split(": ")[0], header.split(": ")[1]);
        }
        bench.receive(response.toBytes(), bench.udp);
    }

    @Test
    void C160_ourInviteSupportsTimersAndAsksForNoneByDefault() {
        SipRequest invite = called(SessionTimerSettings.withDefaults());
        assertThat(invite.values("Supported")).contains("timer");
        assertThat(invite.header("Session-Expires")).isEmpty();
        answer(invite, 200, "Session-Expires: 90;refresher=uac", "Require: timer", "Allow: UPDATE");
        bench.sentRequest();
        bench.advance(Duration.ofSeconds(44));
        bench.nothingSent();
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.sentRequest().method())
                .as("C164 what the other side asked for")
                .isEqualTo("UPDATE");
    }

    @ParameterizedTest
    @EnumSource(Refresher.class)
    void C162_ourInviteLeavesTheRefreshesToThePeerOrTakesThem(Refresher refresher) {
        SipRequest invite = called(asking(100, refresher));
        assertThat(invite.header("Session-Expires"))
                .contains(refresher == Refresher.SELF ? "100;refresher=uac" : "100");
        assertThat(invite.header("Min-SE")).isEmpty();
    }

    @Test
    void C165_thePeerThatShallRefreshIsWatched() {
        answer(called(asking(90, Refresher.PEER)), 200, "Session-Expires: 90;refresher=uas");
        bench.sentRequest();
        bench.advance(Duration.ofSeconds(59));
        bench.nothingSent();
        bench.advance(Duration.ofSeconds(1));
        SipRequest bye = bench.sentRequest();
        assertThat(bye.method()).isEqualTo("BYE");
        answer(bye, 200);
        assertThat(bench.ends).extracting(DialogEnd::cause).containsExactly(DialogEnd.Cause.SESSION_EXPIRED);
        bench.assertEmptyTables();
    }

    @Test
    void C164_a422ToOurInviteIsRetriedWithTheLeastThatIsWanted() {
        SipRequest first = called(asking(90, Refresher.PEER));
        answer(first, 422, "Min-SE: 200");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        SipRequest second = bench.sentRequest();
        assertThat(second.method()).isEqualTo("INVITE");
        assertThat(second.headers("Session-Expires")).containsExactly("200");
        assertThat(second.headers("Min-SE")).containsExactly("200");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.body()).isEqualTo(SDP.content());
        assertThat(events).isEmpty();

        answer(second, 200, "Session-Expires: 200;refresher=uac", "Allow: UPDATE");
        assertThat(bench.sentRequest().method()).isEqualTo("ACK");
        assertThat(events).containsExactly("accepted");
        bench.advance(Duration.ofSeconds(100));
        SipRequest refresh = bench.sentRequest();
        assertThat(refresh.method()).isEqualTo("UPDATE");
        assertThat(refresh.header("Min-SE")).as("section 7.4").contains("200");
    }

    @Test
    void C164_aServerThatWantsLongerAndLongerIsGivenUp() {
        SipRequest invite = called(asking(90, Refresher.PEER));
        for (int i = 1; events.isEmpty() && i < 20; i++) {
            answer(invite, 422, "Min-SE: " + (100 + i));
            bench.sentRequest();
            invite = events.isEmpty() ? bench.sentRequest() : invite;
        }
        assertThat(events).containsExactly("rejected 422");
    }

    @Test
    void anAnswerWithoutSessionExpiresNeverExpires() {
        answer(called(asking(90, Refresher.PEER)), 200);
        bench.sentRequest();
        bench.advance(Duration.ofSeconds(500));
        bench.nothingSent();
        assertThat(bench.ends).isEmpty();
    }
}
