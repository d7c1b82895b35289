package io.siprec.sip.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipMaskingTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
            a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET+/==|2^20|1:4 § a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***|2^20|1:4 § SDES, lifetime and MKI stay
            a=crypto:2 X inline:SECRET;inline:SECRET|2^31 KDR=1           § a=crypto:2 X inline:***;inline:***|2^31 KDR=1          § several keys, session parameters stay
            A=CRYPTO:1 x INLINE:SECRET                                    § A=CRYPTO:1 x INLINE:***                                § case
            not SDP at all inline:SECRET                                  § not SDP at all inline:***                              § wherever it stands
            a=key-mgmt:mikey SECRET                                       § a=key-mgmt:***                                         § MIKEY
            k=base64:SECRET                                               § k=***                                                  § the old way
            a=ice-pwd:SECRET                                              § a=ice-pwd:***                                          § ICE
            a=fingerprint:sha-256 AB:CD                                   § a=fingerprint:sha-256 AB:CD                            § public
            Content-Disposition: inline                                   § Content-Disposition: inline                            § no key
            Authorization: Digest username="u", nonce="SECRET", response="SECRET", cnonce="SECRET", nc=1 § Authorization: Digest username="u", nonce=***, response=***, cnonce=***, nc=1 § digest
            Authorization: Digest response = SECRET,uri="sip:a"           § Authorization: Digest response = ***,uri="sip:a"       § a token, blanks around
            Authorization: Digest response="SEC\\"RET",qop=auth           § Authorization: Digest response=***,qop=auth            § an escaped quote
            Authorization: Digest response="SECRET                        § Authorization: Digest response=***                     § no end of the quote
            Authorization: Digest response=                               § Authorization: Digest response=***                     § nothing there
            Authentication-Info: rspauth="SECRET",nextnonce="SECRET"      § Authentication-Info: rspauth=***,nextnonce=***         § of the server
            WWW-Authenticate: Digest realm="r", nonce="SECRET"            § WWW-Authenticate: Digest realm="r", nonce=***          § a challenge
            proxy-authorization : Basic SECRET                            § proxy-authorization :***                               § another scheme
            Authorization: Bearer SECRET                                  § Authorization:***                                      § another scheme
            To: <sip:bob:SECRET@example.com:5060>                         § To: <sip:bob:***@example.com:5060>                     § a password in a URI
            To: <sip:bob:SECRET@SECRET@example.com>                       § To: <sip:bob:***@example.com>                          § a password with an @
            Authorization: Digest username="İ", RESPONSE="SECRET"         § Authorization: Digest username="İ", RESPONSE=***         § a letter that grows in lower case
            To: <sip:bob@example.com:5060>                                § To: <sip:bob@example.com:5060>                         § a port is none
            Contact: <sip:10.0.0.1:5060>, <sip:b@h>                       § Contact: <sip:10.0.0.1:5060>, <sip:b@h>                § of two
            Warning: 399 h "no response=SECRET"                           § Warning: 399 h "no response=***"                       § too much is better than too little
            X-Response: 200                                               § X-Response: 200                                        § only a name
            """)
    void C214_masks(String line, String masked, String why) {
        assertThat(SipMasking.mask(line)).isEqualTo(masked).doesNotContain("SECRET");
        assertThat(SipMasking.mask("X: y\n" + line + "\nZ: z\n")).isEqualTo("X: y\n" + masked + "\nZ: z\n");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
            Authorization: Digest\\n response="SECRET"\\nX: y             § a folded line
            Authorization:\\n Basic SECRET\\n SECRET\\nX: y               § folded right after the name
            Authorization: Basic\\n SECRET\\nX: y                         § folded after the scheme
            Authorization: Digest response="\\n SECRET",\\n qop=auth\\nX: y § a quote over two lines
            --b\\nContent-Transfer-Encoding: base64\\nContent-ID: <a:b>\\n\\nSECRET\\nSECRET\\n--b--\\nX: y § a part in base64
            Content-Transfer-Encoding: quoted-printable\\n\\na=crypto:1 x inline:SECRET=\\nSECRET\\n--b\\nX: y § a soft line break in a key
            Content-Transfer-Encoding: quoted-printable\\n\\na=crypto:1 x inline:SEC=\\nSECRET|2^20|1:4\\n--b\\nX: y § and a colon behind it
            Content-Type: application/dtmf-relay\\nX: y\\n\\nSignal=SECRET\\nDuration=160\\n--b\\nX: y § keys in an INFO
            c: application/dtmf\\nX: y\\n\\nSECRET\\n--b\\nX: y            § and alone
            v=0\\rk=clear:SECRET\\rX: y                                   § line ends of CR alone
            """)
    void C214_secretsOverSeveralLines(String text, String why) {
        String message = text.replace("\\n", "\r\n").replace("\\r", "\r");
        String masked = SipMasking.toText(ByteBuffer.wrap(message.getBytes(UTF_8)));
        assertThat(masked).as(why).doesNotContain("SECRET").contains("***").endsWith("X: y");
        byte[] blanked = SipMasking.blank(message.getBytes(UTF_8));
        assertThat(blanked).as("%s: the length stays", why).hasSameSizeAs(message.getBytes(UTF_8));
        String blank = new String(blanked, UTF_8);
        assertThat(blank).as(why).doesNotContain("SECRET").contains("***").endsWith("X: y");
        assertThat(blank.split("[\r\n]", -1)).as("the lines stay").hasSameSizeAs(message.split("[\r\n]", -1));
    }

    @Test
    void aBlankedMessageIsTheSameButForItsSecrets() {
        String message =
                "INVITE sip:a:SECRET@b SIP/2.0\r\nAuthorization: Digest username=\"u\", response=\"SECRET\", nc=1\r\n"
                        + "Content-Length: 61\r\n\r\nv=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET|2^20|1:4\r\n";
        byte[] octets = (message + "\u00e4\u0000\u00ff").getBytes(ISO_8859_1);
        String blanked = new String(SipMasking.blank(octets), ISO_8859_1);
        assertThat(blanked)
                .isEqualTo(
                        message.replace("\"SECRET\"", "********").replace("SECRET", "******") + "\u00e4\u0000\u00ff");
    }

    @Test
    void anyOctetsAreBlankedAndKeepTheirLength() {
        long seed = 25_112_026;
        Random random = new Random(seed);
        byte[] key = "\na=crypto:1 x inline:SECRETKEY\r\n".getBytes(ISO_8859_1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[key.length + random.nextInt(300)];
            random.nextBytes(bytes);
            System.arraycopy(key, 0, bytes, random.nextInt(bytes.length - key.length + 1), key.length);
            byte[] blanked = SipMasking.blank(bytes);
            assertThat(blanked).as("seed %d, round %d", seed, i).hasSameSizeAs(bytes);
            assertThat(new String(blanked, ISO_8859_1)).doesNotContain("SECRETKEY");
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # octets               | text              | why
            41 0d 0a 42 0a         | A~B~              | line ends
            41 0d 42               | A\\x0d~B          | CR alone
            00 07 1b 5b 33 31 6d   | \\x00\\x07\\x1b[31m | NUL, bell, a terminal's colour
            7f                     | \\x7f             | DEL
            c3 a4 e2 82 ac         | ä€                | UTF-8
            f0 9f 98 80            | 😀                | UTF-8 of four octets
            c3 28                  | \\xc3(            | half a letter
            ff fe 41               | \\xff\\xfeA       | no UTF-8
            e2 82                  | \\xe2\\x82        | a letter cut off at the end
            c2 9b                  | \\u009b           | a control character of C1
            e2 80 ae               | \\u202e           | turns the direction of the text around
            e2 80 a8               | \\u2028           | a line end of Unicode
            09                     | >                 | a tab
            """)
    void C214_octetsThatAreNoTextAreEscaped(String octets, String text, String why) {
        String[] hex = octets.split(" ");
        byte[] bytes = new byte[hex.length];
        for (int i = 0; i < hex.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex[i], 16);
        }
        String expected = text.replace("\\\\", "\\").replace('~', '\n').replace('>', '\t');
        assertThat(SipMasking.toText(ByteBuffer.wrap(bytes))).as(why).isEqualTo(expected);
    }

    @Test
    void C214_anyOctetsAreShownAndNoControlCharacterGetsThrough() {
        long seed = 25_112_026;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            byte[] key = "a=crypto:1 x inline:SECRETKEY\r\n".getBytes(ISO_8859_1);
            if (bytes.length > key.length) {
                System.arraycopy(key, 0, bytes, random.nextInt(bytes.length - key.length), key.length);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            String text = SipMasking.toText(buffer);
            assertThat(buffer.remaining()).isEqualTo(bytes.length);
            assertThat(text.chars().filter(c -> c != '\n' && c != '\t').noneMatch(Character::isISOControl))
                    .as("seed %d, round %d: %s", seed, i, text)
                    .isTrue();
            assertThat(text).doesNotContain("SECRETKEY");
        }
    }
}
