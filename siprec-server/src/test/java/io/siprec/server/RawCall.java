package io.siprec.server;

import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A short recording session as text, with an ending of the test's choice. */
final class RawCall {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String OFFER = SampleMessages.OFFER
            .replace("192.0.2.1", "127.0.0.1")
            .replaceFirst("(?s)m=audio 40002.*", ""); // one stream

    private final RawSipClient client;
    private final TestServer server;
    private final String callId = "raw-" + NUMBERS.incrementAndGet() + "-" + System.nanoTime();
    private String toTag = "";
    private int branches;

    RawCall(RawSipClient client, TestServer server) {
        this.client = client;
        this.server = server;
    }

    void play(CallSoakTest.Ending ending) throws IOException, InterruptedException {
        switch (ending) {
            case BYE -> {
                establish();
                exchange("BYE", 2, "", 200);
            }
            case BYE_WITHOUT_ACK -> {
                invite();
                exchange("BYE", 2, "", 200);
            }
            case BYE_IN_REINVITE -> {
                establish();
                client.send(text("INVITE", 2, OFFER));
                exchange("BYE", 3, "", 200);
            }
            case LATE_CANCEL -> {
                String invite = invite();
                client.send(invite.replaceAll("INVITE", "CANCEL")
                        .replaceFirst("(?s)Content-.*", "Content-Length: 0\r\n\r\n"));
                answer("CANCEL", 200);
                client.send(text("ACK", 1, ""));
                exchange("BYE", 2, "", 200);
            }
            case NO_ACK -> {
                invite();
                client.send(response(request("BYE"), "200 OK"));
            }
            case GONE -> invite();
            case BYE_BY_US -> {
                establish();
                terminate();
                client.send(response(request("BYE"), "200 OK"));
            }
            case BYE_BY_US_REFUSED -> {
                establish();
                terminate();
                client.send(response(request("BYE"), "481 Call/Transaction Does Not Exist"));
            }
            case BYE_BY_US_UNANSWERED -> {
                establish();
                terminate();
                request("BYE");
            }
            case REFUSED -> {
                String invite = text("INVITE", 1, OFFER).replace(";+sip.src", "");
                client.send(invite);
                toTag = tag(answer("INVITE", 488));
                client.send(text("ACK", 1, "").replaceFirst("branch=\\S+", branch(invite)));
            }
        }
    }

    /** A session with its line held, whose SRC knows of it that many times when it is asked, and then no more. */
    void playHeld(int times) throws IOException {
        client.send(text("INVITE", 1, OFFER.replace("a=sendonly", "a=inactive")));
        toTag = tag(answer("INVITE", 200));
        client.send(text("ACK", 1, ""));
        for (int i = 0; i < times; i++) {
            client.send(response(request("OPTIONS"), "200 OK"));
        }
        client.send(response(request("OPTIONS"), "481 Call/Transaction Does Not Exist"));
    }

    private String invite() throws IOException {
        String invite = text("INVITE", 1, OFFER);
        client.send(invite);
        toTag = tag(answer("INVITE", 200));
        return invite;
    }

    private void establish() throws IOException {
        invite();
        client.send(text("ACK", 1, ""));
    }

    private void exchange(String method, int cseq, String body, int status) throws IOException {
        client.send(text(method, cseq, body));
        answer(method, status);
    }

    /** The session is known a moment after its 200 has left. */
    private void terminate() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            for (RecordingSession session : server.server().sessions()) {
                if (session.callId().equals(callId)) {
                    server.server().terminate(session.id(), "by a test");
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new IOException("no session " + callId);
    }

    /** The final answer to the last request of that method; what is repeated or about another one is passed over. */
    private String answer(String method, int status) throws IOException {
        String answer = client.receiveFinal();
        while (!answer.isEmpty() && !(answer.startsWith("SIP/2.0 ") && about(answer, method))) {
            answer = client.receiveFinal();
        }
        if (RawMessages.status(answer) != status) {
            throw new IOException(status + " to " + method + " expected, was " + answer);
        }
        return answer;
    }

    private String request(String method) throws IOException {
        String message = client.receive();
        while (!message.isEmpty() && !message.startsWith(method + " ")) {
            message = client.receive();
        }
        return message;
    }

    private static boolean about(String message, String method) {
        return RawMessages.header(message, "CSeq", "cseq").endsWith(" " + method);
    }

    private static String tag(String answer) {
        return RawMessages.header(answer, "To", "t").replaceFirst(".*;tag=", ";tag=");
    }

    private static String branch(String request) {
        return request.replaceFirst("(?s).*?(branch=\\S+).*", "$1");
    }

    static String response(String request, String status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        request.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                .forEach(line -> text.append(line).append("\r\n"));
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    private String text(String method, int cseq, String body) {
        String content = body.replace("\n", "\r\n");
        Transport transport = client.transport();
        return method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:" + client.localPort()
                + ";rport;branch=z9hG4bK" + callId + "-" + branches++ + "\r\nMax-Forwards: 70\r\n"
                + "From: <sip:src@127.0.0.1>;tag=src\r\nTo: <sip:srs@127.0.0.1>" + toTag + "\r\nCall-ID: " + callId
                + "\r\nCSeq: " + cseq + " " + method + "\r\nContact: <sip:src@127.0.0.1:" + client.localPort()
                + ";transport=" + transport.parameter() + ">;+sip.src\r\n"
                + (content.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: "
                + content.length() + "\r\n\r\n" + content;
    }
}
