package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketCipherTest {
    private final SrtpScratch scratch = new SrtpScratch();

    @ParameterizedTest(name = "C204 {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # session key                                                    | first three blocks of the key stream                                                             | where
        2b7e151628aed2a6abf7158809cf4f3c                                 | e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab 41e95b3bb0a2e8dd477901e4fca894c0 | RFC 3711 B.2
        57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98 | 92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31 | RFC 6188 7.1
        """)
    void C204_theKeyStreamOfCounterModeIsThePublishedOne(String key, String keyStream, String where) {
        PacketCipher cipher =
                new CounterModeCipher(Hex.bytes(key), Hex.bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), new byte[20], 10);
        byte[] expected = Hex.bytes(keyStream);
        cipher.seal(scratch, 0, expected.length, expected.length, 0, 0, 0); // zeros show the stream itself
        assertThat(Hex.of(packet(expected.length))).as(where).isEqualTo(Hex.of(expected));
    }

    @ParameterizedTest(name = "C204 {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # RFC 7714 | key bytes | clear | packet and tag, encrypted unless the section only tags
        16.1.1     |        16 |    12 | 8040f17b8041f8d35501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833 899d7f27beb16a9152cf765ee4390cce
        16.1.3     |        16 |    50 | 8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573 22493f82d2bce397e9d79e3b19aa4216
        16.2.1     |        32 |    12 | 8040f17b8041f8d35501a0b2 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b 7aa3db36dfffd6b0f9bb7878d7a76c13
        16.2.3     |        32 |    50 | 8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573 a866d5910f887463067ceefec45215d4
        """)
    void C204_gcmOfRtpIsThePublishedOne(String section, int keyBytes, int clearBytes, String sealed) {
        String packet = "8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
        check(gcm(keyBytes, false), clearBytes, packet, sealed, 0, 0x5501a0b2, 0xf17b);
    }

    @ParameterizedTest(name = "C203 C204 {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # RFC 7714 | key bytes | clear | E and index | packet and tag
        17.1       |        16 |     8 | 800005d4    | 81c8000d4d617273 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b c84aa45896cf4d2fc5abf87245d9eade
        17.2       |        32 |     8 | 800005d4    | 81c8000d4d617273 d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad 1d1eb30c4446839f57ff6f6cb26ac3be
        17.3       |        16 |    52 | 000005d4    | 81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef 841dd9683dd78ec92ae58790125f62b3
        17.4       |        32 |    52 | 000005d4    | 81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef 91db4afbfeee5a978fab4393ed2615fe
        """)
    void C203_C204_gcmOfRtcpIsThePublishedOne(
            String section, int keyBytes, int clearBytes, String word, String sealed) {
        String packet = "81c8000d4d617273"
                + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
        int trailer = Integer.parseUnsignedInt(word, 16);
        check(gcm(keyBytes, true), clearBytes, packet, sealed, trailer, 0x4d617273, 0x5d4);
    }

    private static PacketCipher gcm(int keyBytes, boolean rtcp) {
        byte[] key = new byte[keyBytes];
        for (int i = 0; i < keyBytes; i++) {
            key[i] = (byte) i;
        }
        return new GcmCipher(key, Hex.bytes("517569642070726f2071756f"), rtcp);
    }

    private void check(
            PacketCipher cipher, int clearBytes, String packet, String sealed, int word, int ssrc, long index) {
        byte[] plain = Hex.bytes(packet);
        byte[] expected = Hex.bytes(sealed);
        System.arraycopy(plain, 0, scratch.packet, 0, plain.length);
        cipher.seal(scratch, clearBytes, plain.length, plain.length, word, ssrc, index);
        assertThat(Hex.of(packet(expected.length))).isEqualTo(Hex.of(expected));
        assertThat(cipher.open(scratch, clearBytes, plain.length, plain.length, word, ssrc, index))
                .isTrue();
        assertThat(Hex.of(packet(plain.length))).isEqualTo(packet);
        assertThat(cipher.open(scratch, clearBytes, plain.length, plain.length, word, ssrc, index + 1))
                .isFalse();
        assertThat(Hex.of(packet(plain.length))).as("untouched").isEqualTo(packet);
    }

    private byte[] packet(int length) {
        return Arrays.copyOf(scratch.packet, length);
    }
}
