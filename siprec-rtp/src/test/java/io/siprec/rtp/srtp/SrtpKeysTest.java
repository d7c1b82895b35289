package io.siprec.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpKeysTest {
    @ParameterizedTest(name = "C198 {0}")
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, 30",
        "AES_CM_128_HMAC_SHA1_32, 30",
        "AES_256_CM_HMAC_SHA1_80, 46",
        "AES_256_CM_HMAC_SHA1_32, 46",
        "AEAD_AES_128_GCM, 28",
        "AEAD_AES_256_GCM, 44",
    })
    void C198_suitesHaveTheirSdesNamesAndLengths(String name, int keyAndSaltBytes) {
        SrtpSuite suite = SrtpSuite.of(name).orElseThrow();
        assertThat(SrtpSuite.of(name.toLowerCase(Locale.ROOT))).contains(suite);
        assertThat(SrtpKeys.of(suite, new byte[keyAndSaltBytes]).suite()).isEqualTo(suite);
        assertThatThrownBy(() -> SrtpKeys.of(suite, new byte[keyAndSaltBytes - 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SrtpKeys.of(suite, new byte[keyAndSaltBytes + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void C198_otherSuitesAreUnknown() {
        assertThat(SrtpSuite.of("F8_128_HMAC_SHA1_80")).isEmpty();
        assertThat(SrtpSuite.of("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void freshKeysDiffer(SrtpSuite suite) {
        SecureRandom random = new SecureRandom();
        assertThat(SrtpKeys.generate(suite, random)).isNotEqualTo(SrtpKeys.generate(suite, random));
    }

    @Test
    void areEqualWhenAllPartsAre() {
        byte[] octets = new byte[30];
        SrtpKeys keys = SrtpKeys.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, octets);
        assertThat(keys).isEqualTo(SrtpKeys.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, octets));
        assertThat(keys).isNotEqualTo(SrtpKeys.of(SrtpSuite.AES_CM_128_HMAC_SHA1_32, octets));
        assertThat(keys).isNotEqualTo(keys.withMki(new byte[] {1}));
        octets[0] = 1;
        assertThat(keys.keyAndSalt()[0]).as("its own copy").isZero();
        assertThat(keys).isNotEqualTo(SrtpKeys.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, octets));
    }

    @Test
    void C199_anMkiHas1To128Bytes() {
        SrtpKeys keys = SrtpKeys.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new byte[30]);
        assertThat(keys.mki()).isEmpty();
        assertThat(keys.withMki(new byte[128]).mki()).hasSize(128);
        assertThatThrownBy(() -> keys.withMki(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.withMki(new byte[129])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void destroyedKeysAreGone() {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, new SecureRandom());
        SrtpKeys copy = keys.copy();
        byte[] octets = keys.keyAndSalt();
        keys.destroy();
        assertThat(keys.isDestroyed()).isTrue();
        assertThatThrownBy(keys::keyAndSalt).isInstanceOf(IllegalStateException.class);
        assertThat(copy.keyAndSalt()).as("a copy lives on").isEqualTo(octets);
    }

    @Test
    void theTextShowsNoKey() {
        SrtpKeys keys = SrtpKeys.of(SrtpSuite.AEAD_AES_128_GCM, new byte[28]).withMki(new byte[] {1, 2});
        assertThat(keys).hasToString("SrtpKeys[AEAD_AES_128_GCM, 2 bytes of MKI]");
    }
}
