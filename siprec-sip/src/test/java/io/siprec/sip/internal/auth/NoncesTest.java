package io.siprec.sip.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.internal.auth.Nonces.Nonce;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoncesTest {
    private static final byte[] KEY = new byte[32];
    private final Nonces nonces = new Nonces(new Signer(KEY), "realm");

    @Test
    void aNonceTellsWhenItWasIssued() {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Nonce nonce = nonces.read(nonces.issue(1_000 + i)).orElseThrow();
            assertThat(nonce.issuedMs()).isEqualTo(1_000 + i);
            numbers.add(nonce.number());
        }
        assertThat(numbers).hasSize(100);
    }

    @Test
    void anotherNodeWithTheKeyReadsItAndNobodyElse() {
        String issued = nonces.issue(5);
        byte[] otherKey = KEY.clone();
        otherKey[31] = 1;
        assertThat(new Nonces(new Signer(KEY), "realm").read(issued)).isEqualTo(nonces.read(issued));
        assertThat(new Nonces(new Signer(otherKey), "realm").read(issued)).isEmpty();
        assertThat(new Nonces(new Signer(KEY), "other").read(issued)).isEmpty();
    }

    @Test
    void C211_eachChangedCharacterMakesItForged() {
        String issued = nonces.issue(5);
        for (int i = 0; i < issued.length() - 1; i++) { // the last one has bits that mean nothing
            char[] changed = issued.toCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            assertThat(nonces.read(new String(changed)))
                    .as(Arrays.toString(changed))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
                "ëAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "dcd98b7102dd2f0e8b11d0f600bfb0c093"
            })
    void C211_whatWeDidNotMakeIsNotOurs(String text) {
        assertThat(nonces.read(text)).isEmpty();
    }
}
