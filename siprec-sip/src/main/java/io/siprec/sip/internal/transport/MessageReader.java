package io.siprec.sip.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts what a connection delivers into messages, hands these on, and answers keep-alive pings. Loop thread only. */
final class MessageReader {
    private static final String PONG = "\r\n";

    private final NioNetwork network;
    private final Connection connection;
    private final StreamFramer framer;

    MessageReader(NioNetwork network, Connection connection) {
        this.network = network;
        this.connection = connection;
        this.framer = new StreamFramer(network.limits());
    }

    /** Takes bytes; every message that is whole now goes to the listener. */
    void take(ByteBuffer plain) {
        framer.append(plain);
        try {
            byte[] message = framer.next();
            while (message != null && connection.open()) {
                pong();
                connection.onMessageComplete();
                onMessage(message);
                message = framer.next();
            }
            pong();
        } catch (FramingException e) { // nobody knows where the next message starts
            network.tracer().received(e.head(), connection);
            network.listener().onMalformed(answerable(e), connection);
            connection.closeWhenSent();
        }
    }

    /** Whether a message has begun and is not complete. */
    boolean inMessage() {
        return framer.inMessage();
    }

    /** One write for all: a flood of pings costs no flood of system calls. */
    private void pong() {
        int pings = framer.takePings();
        if (pings > 0) {
            connection.write(PONG.repeat(pings).getBytes(US_ASCII));
        }
    }

    private void onMessage(byte[] bytes) {
        if (!network.guard().admitsMessage(connection.remote().getAddress())) {
            return;
        }
        network.tracer().received(bytes, connection);
        SipMessage message;
        try {
            message = network.parser().parse(bytes);
        } catch (SipParseException e) {
            network.listener().onMalformed(e, connection);
            return;
        }
        network.listener().onMessage(message, connection);
    }

    private SipParseException answerable(FramingException fault) {
        Optional<SipRequest> request = Optional.empty();
        try {
            if (network.parser().parse(fault.head()) instanceof SipRequest whole) {
                request = Optional.of(whole);
            }
        } catch (SipParseException e) {
            request = e.request();
        }
        return SipParseException.about(fault.status(), fault.getMessage(), request);
    }
}
