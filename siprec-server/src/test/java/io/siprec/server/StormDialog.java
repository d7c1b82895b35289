package io.siprec.server;

import java.io.IOException;
import java.net.SocketTimeoutException;

/** A dialog of a sender of mutated messages, over and over a new one: its answers tell what the server has read. */
final class StormDialog {
    private static final String[] METHODS = {"INVITE", "UPDATE", "INFO", "PRACK", "BYE", "ACK", "OPTIONS", "INVITE"};
    private static final int TRIES = 10;
    private static final int TRY_MS = 1_000;

    private final RawSipClient client;
    private final String host;
    private String callId = "";
    private String toTag = "";
    private int cseq = 1;

    StormDialog(RawSipClient client, String host) throws IOException {
        this.client = client;
        this.host = host;
        client.patience(TRY_MS);
    }

    /** Ends the dialog, if mutated messages have not, and makes another one, unless the server is full. */
    void renew(int number) throws IOException {
        end(number);
        callId = "storm-" + number;
        cseq = 1;
        String answer = exchange(text(
                "INVITE",
                1,
                "first" + number,
                "Require: siprec\r\nContent-Type: application/sdp\r\n",
                SampleMessages.OFFER.replace("\n", "\r\n")));
        if (RawMessages.status(answer) == 200) {
            toTag = RawMessages.header(answer, "To", "t").replaceFirst(".*;tag=", ";tag=");
            client.send(text("ACK", 1, "ack" + number, ""));
        }
    }

    /** Ends the dialog, if there is one. */
    void end(int number) throws IOException {
        if (!toTag.isEmpty()) {
            exchange(text("BYE", 1_000_000_000, "bye" + number, ""));
            toTag = "";
        }
    }

    /** The final answer to a request, which is repeated as long as none comes. */
    private String exchange(String request) throws IOException {
        String branch = request.replaceFirst("(?s).*?;branch=(\\S+).*", "$1");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            client.send(request);
            try {
                String answer = client.receiveFinal();
                while (!answer.contains(";branch=" + branch + "\r\n") && !answer.contains(";branch=" + branch + ";")) {
                    answer = client.receiveFinal();
                }
                return answer;
            } catch (SocketTimeoutException e) {
                continue; // lost among all the others
            }
        }
        throw new IOException("no answer to " + request);
    }

    boolean established() {
        return !toTag.isEmpty();
    }

    /** A good request in the dialog. */
    String request(int number) {
        String method = METHODS[number / 8 % METHODS.length];
        boolean offer = number / 64 % 2 == 0;
        cseq++;
        return text(
                method,
                cseq,
                "in" + number,
                "Content-Type: " + (offer ? "application/sdp" : "application/rs-metadata+xml") + "\r\n",
                (offer ? SampleMessages.OFFER : SampleMessages.METADATA).replace("\n", "\r\n"));
    }

    private String text(String method, int number, String branch, String headers) {
        return text(method, number, branch, headers, "");
    }

    private String text(String method, int number, String branch, String headers, String body) {
        return method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + host + ":" + client.localPort()
                + ";branch=z9hG4bK" + branch + "\r\nMax-Forwards: 70\r\nFrom: <sip:storm@" + host + ">;tag=storm\r\n"
                + "To: <sip:srs@127.0.0.1>" + toTag + "\r\nCall-ID: " + callId + "\r\nCSeq: " + number + " " + method
                + "\r\nContact: <sip:storm@" + host + ":" + client.localPort() + ">\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
