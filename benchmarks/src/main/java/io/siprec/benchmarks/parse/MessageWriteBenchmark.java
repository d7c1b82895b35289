package io.siprec.benchmarks.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writes the 200 to a SIPREC INVITE, with its session description. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class MessageWriteBenchmark {
    private static final String ANSWER = """
            v=0
            o=- 3974 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 40000 RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=label:1
            a=recvonly
            m=audio 40002 RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=label:2
            a=recvonly
            """;
    private static final List<Header> HEADERS = List.of(
            new Header("Contact", "<sip:192.0.2.1:5060;transport=udp>;+sip.srs"),
            new Header("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK"),
            new Header("Supported", "siprec, timer"),
            new Header("Require", "timer"),
            new Header("Session-Expires", "1800;refresher=uac"),
            new Header("Server", "siprec/0.1"));

    private SipRequest invite;
    private InetSocketAddress source;
    private SipBody body;

    @Setup
    public void load() throws IOException, SipParseException {
        SipParser parser = new SipParser(SipLimits.withDefaults());
        invite = (SipRequest) parser.parse(SampleMessages.load("siprec-invite"));
        source = new InetSocketAddress("192.0.2.10", 5060);
        body = new SipBody("application/sdp", ANSWER.replace("\n", "\r\n").getBytes(US_ASCII));
    }

    @Benchmark
    public byte[] siprecAnswer() {
        return SipResponse.answer(invite, source, 200, "OK", "9fxced76sl")
                .copy(invite, "Record-Route")
                .headers(HEADERS)
                .body(body)
                .toBytes();
    }
}
