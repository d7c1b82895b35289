package io.siprec.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Good messages of each kind to make worse ones of: our own, and those of the corpus where it is there. */
final class SampleMessages {
    static final String OFFER = """
        v=0
        o=sbc 1 1 IN IP4 192.0.2.1
        s=-
        c=IN IP4 192.0.2.1
        t=0 0
        m=audio 40000 RTP/AVP 0 8 101
        a=rtpmap:101 telephone-event/8000
        a=label:1
        a=sendonly
        m=audio 40002 RTP/AVP 8
        a=label:2
        a=sendonly
        """;
    static final String METADATA = """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
          <datamode>complete</datamode>
          <session session_id="MDAwMDAwMDAwMDAwMDAwMQ=="/>
          <participant participant_id="MDAwMDAwMDAwMDAwMDAwMg=="><nameID aor="sip:a@b.example"><name>A</name></nameID></participant>
          <stream stream_id="MDAwMDAwMDAwMDAwMDAwNA==" session_id="MDAwMDAwMDAwMDAwMDAwMQ=="><label>1</label></stream>
          <participantstreamassoc participant_id="MDAwMDAwMDAwMDAwMDAwMg=="><send>MDAwMDAwMDAwMDAwMDAwNA==</send></participantstreamassoc>
        </recording>
        """;
    private static final String MULTIPART = """
        --b1
        Content-Type: application/sdp

        %s
        --b1
        Content-Type: application/rs-metadata+xml
        Content-Disposition: recording-session

        %s
        --b1--
        """.formatted(OFFER, METADATA);

    private SampleMessages() {}

    static List<String> all() throws IOException {
        List<String> all = new ArrayList<>(own());
        String root = System.getProperty("siprec.corpus", "");
        for (String folder : root.isEmpty() ? new String[0] : new String[] {"invites", "sip-torture"}) {
            try (Stream<Path> files = Files.walk(Path.of(root, folder))) {
                for (Path file : files.filter(f -> f.toString().matches(".*\\.(sip|dat)"))
                        .sorted()
                        .toList()) {
                    all.add(Files.readString(file, ISO_8859_1));
                }
            }
        }
        return all;
    }

    private static List<String> own() {
        return List.of(
                invite("multipart/mixed;boundary=b1", MULTIPART),
                invite("multipart/mixed; boundary=\"b1\"", MULTIPART),
                invite("application/sdp", OFFER),
                request("OPTIONS", "", "Accept: application/sdp\n", ""),
                request("BYE", ";tag=gone", "Reason: SIP;cause=200;text=\"over\"\n", ""),
                request("UPDATE", ";tag=gone", "Content-Type: application/rs-metadata+xml\n", METADATA),
                request("CANCEL", "", "", ""),
                request("ACK", ";tag=gone", "", ""),
                request("PRACK", ";tag=gone", "RAck: 1 1 INVITE\n", ""),
                request("INFO", ";tag=gone", "Content-Type: application/dtmf-relay\n", "Signal=5\n"),
                request(
                        "REGISTER",
                        "",
                        "Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:x\"\n",
                        ""),
                request("INVITE", "", "", "").replaceFirst("INVITE .*\r\n", "SIP/2.0 200 OK\r\n"));
    }

    static String invite(String contentType, String body) {
        return request(
                "INVITE",
                "",
                "Require: siprec\nSession-Expires: 1800;refresher=uac\nContent-Type: " + contentType + "\n",
                body);
    }

    /** A whole request; each line of {@code headers} has its line end. */
    static String request(String method, String toTag, String headers, String body) {
        String content = body.replace("\n", "\r\n");
        return """
            %1$s sip:srs@192.0.2.9:5060 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bKsample, SIP/2.0/TCP sbc.example;branch=z9hG4bK2
            Max-Forwards: 70
            From: "S \\"B\\" C" <sip:sbc@192.0.2.1;user=phone>;tag=from
            To: <sip:srs@192.0.2.9>%2$s
            Call-ID: sample@192.0.2.1
            CSeq: 7 %1$s
            Contact: <sip:sbc@192.0.2.1:5060;transport=udp>;+sip.src;q=0.5
            Record-Route: <sip:192.0.2.3;lr>, <sip:192.0.2.4;lr>
            Supported: timer, 100rel
            %3$sContent-Length: %4$d

            """.formatted(method, toTag, headers, content.length())
                        .replace("\n", "\r\n")
                        .replace("\r\r", "\r")
                + content;
    }
}
