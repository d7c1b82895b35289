package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.siprec.sip.transport.SipLimits;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets make a message that can be read and answered, or a fault that can be told. */
class SipParserFuzzTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 5060);
    private static final SipParser PARSER = new SipParser(SipLimits.withDefaults());

    @MethodSource("io.siprec.sip.Corpus#messages")
    @FuzzTest(maxDuration = "3m")
    void parse(byte[] octets) throws SipParseException {
        SipMessage message;
        try {
            message = PARSER.parse(octets);
        } catch (SipParseException fault) {
            assertThat(fault.status()).isIn(400, 505, 513);
            assertThat(fault.getMessage()).matches("[ -~]+");
            if (fault.request().isPresent()) {
                answer(fault.request().get(), fault.status(), fault.getMessage());
            }
            return;
        }
        readAll(message);
        if (message instanceof SipRequest request) {
            PARSER.parse(answer(request, 200, "OK"));
            sameAgain(request, request.toBuilder().build());
        } else {
            sameAgain(message, ((SipResponse) message).toBuilder().build());
        }
    }

    private static byte[] answer(SipRequest request, int status, String reason) {
        byte[] response =
                SipResponse.answer(request, SOURCE, status, reason, "tag").toBytes();
        String head = new String(response, ISO_8859_1);
        assertThat(head).startsWith("SIP/2.0 " + status + " ").endsWith("Content-Length: 0\r\n\r\n");
        assertThat(head.replace("\r\n", "")).doesNotContain("\r", "\n");
        return response;
    }

    private static void sameAgain(SipMessage message, SipMessage again) throws SipParseException {
        for (SipMessage copy : new SipMessage[] {again, PARSER.parse(again.toBytes())}) {
            assertThat(copy.from()).isEqualTo(message.from());
            assertThat(copy.to()).isEqualTo(message.to());
            assertThat(copy.callId()).isEqualTo(message.callId());
            assertThat(copy.cseq()).isEqualTo(message.cseq());
            assertThat(copy.vias()).isEqualTo(message.vias());
            assertThat(copy.body()).isEqualTo(message.body());
        }
    }

    private static void readAll(SipMessage message) {
        message.from().uri().user();
        message.to().displayName();
        message.topVia().hasUniqueBranch();
        message.vias().forEach(via -> via.parameters().size());
        message.contacts().forEach(contact -> contact.uri().parameters());
        message.routes().forEach(route -> route.parameters().size());
        message.recordRoutes().forEach(route -> route.uri().headers());
        message.assertedIdentities().forEach(NameAddress::tag);
        message.accept().forEach(MediaType::quality);
        message.mediaType().ifPresent(MediaType::toString);
        message.contentDisposition().ifPresent(ContentDisposition::optional);
        message.maxForwards();
        message.minSe();
        message.expires();
        message.rseq();
        message.rack();
        message.retryAfter();
        message.warnings().forEach(Warning::toString);
        message.date().ifPresent(SipDate::toString);
        message.timestamp().ifPresent(Timestamp::toString);
        message.sessionId();
        message.userToUser().forEach(UserToUser::octets);
        message.event();
        message.replaces();
        message.join();
        for (Header header : message.headers()) {
            assertThat(message.headers(header.name())).contains(header.value());
        }
    }
}
