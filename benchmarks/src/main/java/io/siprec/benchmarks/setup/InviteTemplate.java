package io.siprec.benchmarks.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The requests of one call: an INVITE of about 3 KB with an offer of two streams and RFC 7865 metadata, ACK and BYE. */
public final class InviteTemplate {
    private static final String SDP = """
            v=0
            o=src 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 30000 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=label:1
            a=sendonly
            m=audio 30002 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=label:2
            a=sendonly
            """;
    private static final String METADATA = """
            <?xml version="1.0" encoding="UTF-8"?>
            <recording xmlns="urn:ietf:params:xml:ns:recording:1">
              <datamode>complete</datamode>
              <group group_id="7+OTCyoxTmqmqyA/1weDAg==">
                <associate-time>2026-11-23T10:00:00Z</associate-time>
              </group>
              <session session_id="hVpd7YQgRW2nD22h7q60JQ==">
                <sipSessionID>ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2</sipSessionID>
                <group-ref>7+OTCyoxTmqmqyA/1weDAg==</group-ref>
                <start-time>2026-11-23T10:00:00Z</start-time>
              </session>
              <participant participant_id="srfBElmCRp2QB23b7Mpk0w==">
                <nameID aor="sip:alice@example.com"><name xml:lang="en">Alice</name></nameID>
              </participant>
              <participant participant_id="zSfPoSvdSDCmU3A3TRDxAw==">
                <nameID aor="sip:bob@example.com"><name xml:lang="en">Bob</name></nameID>
              </participant>
              <stream stream_id="UAAMm5GRQKSCMVvLyl4rFw==" session_id="hVpd7YQgRW2nD22h7q60JQ=="><label>1</label></stream>
              <stream stream_id="i1Pz3to5hGk8fuXl+PbwCw==" session_id="hVpd7YQgRW2nD22h7q60JQ=="><label>2</label></stream>
              <sessionrecordingassoc session_id="hVpd7YQgRW2nD22h7q60JQ==">
                <associate-time>2026-11-23T10:00:00Z</associate-time>
              </sessionrecordingassoc>
              <participantsessionassoc participant_id="srfBElmCRp2QB23b7Mpk0w==" session_id="hVpd7YQgRW2nD22h7q60JQ==">
                <associate-time>2026-11-23T10:00:00Z</associate-time>
              </participantsessionassoc>
              <participantsessionassoc participant_id="zSfPoSvdSDCmU3A3TRDxAw==" session_id="hVpd7YQgRW2nD22h7q60JQ==">
                <associate-time>2026-11-23T10:00:00Z</associate-time>
              </participantsessionassoc>
              <participantstreamassoc participant_id="srfBElmCRp2QB23b7Mpk0w==">
                <send>UAAMm5GRQKSCMVvLyl4rFw==</send>
                <recv>i1Pz3to5hGk8fuXl+PbwCw==</recv>
              </participantstreamassoc>
              <participantstreamassoc participant_id="zSfPoSvdSDCmU3A3TRDxAw==">
                <send>i1Pz3to5hGk8fuXl+PbwCw==</send>
                <recv>UAAMm5GRQKSCMVvLyl4rFw==</recv>
              </participantstreamassoc>
            </recording>
            """;
    private static final String BODY = lines("""
            --foobar
            Content-Type: application/sdp

            %s
            --foobar
            Content-Type: application/rs-metadata+xml
            Content-Disposition: recording-session

            %s
            --foobar--
            """.formatted(SDP, METADATA));

    private final String target;
    private final String via;
    private final String contact;

    /** Of calls from one port of this host to another. */
    public InviteTemplate(int localPort, int remotePort) {
        target = "sip:srs@127.0.0.1:" + remotePort;
        via = "Via: SIP/2.0/UDP 127.0.0.1:" + localPort + ";rport;branch=z9hG4bK";
        contact = "Contact: <sip:src@127.0.0.1:" + localPort + ">;+sip.src";
    }

    /** The INVITE of a call. */
    public byte[] invite(String callId) {
        return bytes(lines("INVITE " + target + " SIP/2.0\n" + via + callId
                        + "i\nMax-Forwards: 70\nFrom: <sip:src@example.com>;tag="
                        + callId + "\nTo: <" + target + ">\nCall-ID: " + callId
                        + "\nCSeq: 1 INVITE\n" + contact
                        + "\nRequire: siprec\nSupported: timer, siprec\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE\n"
                        + "User-Agent: benchmark/1\nContent-Type: multipart/mixed;boundary=foobar\nContent-Length: "
                        + BODY.length() + "\n\n")
                + BODY);
    }

    /** Its ACK; {@code to} is the header that the answer had. */
    public byte[] ack(String callId, String to) {
        return inDialog("ACK", callId, to, 1, "a");
    }

    /** Its BYE. */
    public byte[] bye(String callId, String to) {
        return inDialog("BYE", callId, to, 2, "b");
    }

    private byte[] inDialog(String method, String callId, String to, int cseq, String suffix) {
        return bytes(lines(method + " " + target + " SIP/2.0\n" + via + callId + suffix
                + "\nMax-Forwards: 70\nFrom: <sip:src@example.com>;tag=" + callId + "\n" + to + "\nCall-ID: " + callId
                + "\nCSeq: "
                + cseq + " " + method + "\nContent-Length: 0\n\n"));
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
