package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDerivationTest {
    @ParameterizedTest(name = "C204 {4}, label {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # suite                 | master key and salt                                                                              | label | session key                                                      | where
        AES_CM_128_HMAC_SHA1_80 | e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6                                     |     0 | c61e7a93744f39ee10734afe3ff7a087                                 | RFC 3711 B.3
        AES_CM_128_HMAC_SHA1_80 | e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6                                     |     1 | cebe321f6ff7716b6fd4ab49af256a156d38baa4                         | RFC 3711 B.3
        AES_CM_128_HMAC_SHA1_80 | e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6                                     |     2 | 30cbbc08863d8c85d49db34a9ae1                                     | RFC 3711 B.3
        AES_256_CM_HMAC_SHA1_80 | f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2     |     0 | 5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4 | RFC 6188 7.2
        AES_256_CM_HMAC_SHA1_80 | f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2     |     1 | fd9c32d39ed5fbb5a9dc96b30818454d1313dc05                         | RFC 6188 7.2
        AES_256_CM_HMAC_SHA1_80 | f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2     |     2 | fa31791685ca444a9e07c6c64e93                                     | RFC 6188 7.2
        """)
    void C204_sessionKeysAreThePublishedOnes(SrtpSuite suite, String master, int label, String key, String where) {
        byte[] expected = Hex.bytes(key);
        byte[] derived = new KeyDerivation(SrtpKeys.of(suite, Hex.bytes(master))).derive(label, expected.length);
        assertThat(Hex.of(derived)).as(where).isEqualTo(key);
    }
}
