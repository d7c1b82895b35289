package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.server.CallDecision;
import io.siprec.server.CallRequest;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownUsersTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
        # user  | status | why
        rec     | 200    | the first of the list
        siprec  | 200    | another
        nobody  | 404    | not in the list
        REC     | 404    | users differ by case
        ''      | 404    | a Request-URI without a user
        """)
    void C014_unknownUsersGet404(String user, int status, String why) {
        CallRequest call = new CallRequest(
                "1",
                "sip:" + user + "@192.0.2.1",
                user,
                "<sip:src@192.0.2.2>;tag=1",
                "<sip:srs@192.0.2.1>",
                "",
                Transport.UDP,
                new InetSocketAddress("192.0.2.2", 5060),
                true,
                Optional.empty(),
                List.of());
        CallDecision decision = new KnownUsers(List.of("rec", "siprec"))
                .decide(call)
                .toCompletableFuture()
                .join();
        assertThat(decision.status()).as(why).isEqualTo(status);
    }
}
