package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line of a good request made wrong, as RFC 4475 does it: the answer, or silence where none can be built. */
class MalformedRequestTest {
    private final Bench bench = new Bench();
    private final Requests src = new Requests("UDP");

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # line           | instead                                         | status | why
        Via:.*           | Via: SIP/2.0/UDP 127.0.0.2:5062;;,;,,           | 400    | separators without values
        Via:.*           | Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK  | 200    | the bare cookie: matched as RFC 2543 did
        Via:.*           | Via: SIP/2.0/UDP 127.0.0.2:5062                 | 200    | no branch: RFC 2543
        Via:.*           | Via: SIP/2.0/UDP 127.0.0.2:99999                | 0      | no port to answer to
        Via:.*           | X-Via: none                                     | 0      | nobody to answer to
        To:.*            | To: "J. User <sip:j@example.com>                | 400    | quoted string without end
        To:.*            | To: "W, T" < sip:w@example.com >                | 200    | blanks in the brackets are tolerated
        To:.*            | To: isbn:2983792873                             | 200    | any scheme in a name
        To:.*            | X-To: none                                      | 400    | no To
        To:.*            | To: <sip:a@h>#To: <sip:b@h>                     | 400    | two To
        From:.*          | From: Bell, Alexander <sip:a@h>;tag=43          | 200    | comma in a bare name is tolerated
        From:.*          | From: caller<sip:a@h>;tag=43                    | 200    | no blank before the bracket
        From:.*          | From: <sip:a@h>                                 | 200    | no tag: RFC 2543
        From:.*          | X-From: none                                    | 400    | no From
        From:.*          | From: <sip:a@h>;tag=1#From: <sip:b@h>;tag=2     | 400    | two From
        Call-ID:.*       | X-Call-ID: none                                 | 400    | no Call-ID
        Call-ID:.*       | Call-ID: a#Call-ID: b                           | 400    | two Call-ID
        Call-ID:.*       | Call-ID: word%ZK-!.*_+'@word`~)(><:\\/"][?}{    | 200    | all that a word may hold
        CSeq:.*          | CSeq: 36893488147419103232 OPTIONS              | 400    | over 64 bits
        CSeq:.*          | CSeq: 4294967296 OPTIONS                        | 400    | over 32 bits
        CSeq:.*          | CSeq: -1 OPTIONS                                | 400    | negative
        CSeq:.*          | CSeq: 0009#  OPTIONS                            | 200    | zeros in front, folded
        CSeq:.*          | CSeq: 1 INVITE                                  | 400    | another method
        CSeq:.*          | X-CSeq: none                                    | 400    | no CSeq
        CSeq:.*          | CSeq: 5 OPTIONS#CSeq: 59 OPTIONS                | 400    | two CSeq
        Max-Forwards:.*  | Max-Forwards: 0                                 | 200    | only a proxy refuses
        Max-Forwards:.*  | X-Max-Forwards: none                            | 200    | RFC 2543 had none
        Content-Length:.*| Content-Length: -999                            | 400    | negative
        Content-Length:.*| Content-Length: 9999                            | 400    | more than there is
        Content-Length:.*| Content-Length: 99999999999999999999            | 400    | over 64 bits
        Content-Length:.*| Content-Length: 13#l: 5                         | 400    | two that differ
        Content-Length:.*| X-Length: none                                  | 200    | the rest of the datagram
        Contact:.*       | Contact: sip:u@h?Route=%3Csip:s@h%3E            | 200    | nobody needs it here
        Contact:.*       | Date: Fri, 01 Jan 2010 16:00:00 EST             | 200    | a wrong date harms nobody
        OPTIONS.*        | OPTIONS <sip:srs@h> SIP/2.0                     | 400    | brackets
        OPTIONS.*        | OPTIONS sip:srs@h; lr SIP/2.0                   | 400    | a blank in the URI
        OPTIONS.*        | OPTIONS  sip:srs@h  SIP/2.0                     | 200    | two blanks are tolerated
        OPTIONS.*        | OPTIONS sip:srs@h SIP/2.0                       | 200    | as it should be
        OPTIONS.*        | OPTIONS sip:srs@h SIP/7.0                       | 505    | another version
        OPTIONS.*        | OPTIONS sip:2001:db8::10 SIP/2.0                | 400    | IPv6 without brackets
        OPTIONS.*        | OPTIONS sip:[2001:db8::10]:5070 SIP/2.0         | 200    | IPv6 and a port
        OPTIONS.*        | OPTIONS sip:u%00@h SIP/2.0                      | 200    | a NUL is a character
        OPTIONS.*        | OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0    | 416    | another scheme
        OPTIONS.*        | OPTIONS sip:srs@h?Route=%3Csip:x@h%3E SIP/2.0   | 200    | headers in the URI are nobody's
        """)
    void C120_C129_C135_aWrongLineHasOneOutcome(String line, String instead, int status, String why) {
        String request = src.request("OPTIONS", 1).replaceFirst("(?m)^" + line + "$", "@");
        bench.receive(request.replace("@\n", instead.replace('#', '\n') + "\n"), bench.udp);

        assertThat(bench.network.sent).hasSize(status == 0 ? 0 : 1);
        for (FakeNetwork.Sent sent : bench.network.sent) {
            assertThat(new String(sent.bytes(), ISO_8859_1)).as(why).startsWith("SIP/2.0 " + status + " ");
        }
        bench.assertEmptyTables();
    }
}
