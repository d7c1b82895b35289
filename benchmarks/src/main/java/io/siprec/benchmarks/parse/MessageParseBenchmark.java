package io.siprec.benchmarks.parse;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.Via;
import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.util.ListIterator;
import java.util.concurrent.TimeUnit;
import javax.sip.header.HeaderAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Parses a request, and then reads of it what a user agent server reads before it answers, with this stack and with JAIN
 * SIP. Neither copies the body.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 10, time = 2)
@Fork(1)
public class MessageParseBenchmark {
    @Param({"siprec-invite", "bye"})
    String message;

    private byte[] bytes;
    private SipParser siprec;
    private StringMsgParser jain;

    @Setup
    public void load() throws IOException {
        bytes = SampleMessages.load(message);
        siprec = new SipParser(SipLimits.withDefaults());
        jain = new StringMsgParser();
    }

    @Benchmark
    public Object siprecParse() throws Exception {
        return siprec.parse(bytes);
    }

    @Benchmark
    public Object jainParse() throws Exception {
        return jain.parseSIPMessage(bytes, true, false, null);
    }

    @Benchmark
    public Object siprecParseAndRead(Blackhole read) throws Exception {
        SipRequest request = (SipRequest) siprec.parse(bytes);
        Via via = request.topVia();
        read.consume(request.method());
        read.consume(request.uri().scheme());
        read.consume(via.branch());
        read.consume(via.sentBy());
        read.consume(via.rport());
        read.consume(request.from().tag());
        read.consume(request.to().tag());
        read.consume(request.callId());
        read.consume(request.cseq().number());
        read.consume(request.contact().map(NameAddress::uri));
        read.consume(request.recordRoutes());
        read.consume(request.require());
        read.consume(request.supported());
        read.consume(request.header("Session-Expires"));
        read.consume(request.contentType());
        return request;
    }

    @Benchmark
    public Object jainParseAndRead(Blackhole read) throws Exception {
        SIPRequest request = (SIPRequest) jain.parseSIPMessage(bytes, true, false, null);
        gov.nist.javax.sip.header.Via via = request.getTopmostVia();
        read.consume(request.getMethod());
        read.consume(request.getRequestURI().getScheme());
        read.consume(via.getBranch());
        read.consume(via.getSentBy());
        read.consume(via.getParameter("rport"));
        read.consume(request.getFrom().getTag());
        read.consume(request.getTo().getTag());
        read.consume(request.getCallId().getCallId());
        read.consume(request.getCSeq().getSeqNumber());
        if (request.getContactHeader() != null) {
            read.consume(
                    ((HeaderAddress) request.getContactHeader()).getAddress().getURI());
        }
        readAll(request, "Record-Route", read);
        readAll(request, "Require", read);
        readAll(request, "Supported", read);
        readAll(request, "Session-Expires", read);
        readAll(request, "Content-Type", read);
        return request;
    }

    private static void readAll(SIPMessage message, String name, Blackhole read) {
        for (ListIterator<?> headers = message.getHeaders(name); headers.hasNext(); ) {
            read.consume(headers.next());
        }
    }
}
