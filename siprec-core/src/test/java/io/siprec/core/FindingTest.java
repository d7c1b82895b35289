package io.siprec.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void textCannotForgeLogLines() { // C077
        Finding finding = Finding.info("a-code", "", "one\r\ntwo\u001b[2K\u202Eeerht\u2028four");
        assertThat(finding.text()).isEqualTo("one??two?[2K?eerht?four");
    }

    @Test
    void textIsBounded() {
        Finding finding = Finding.error("a-code", "", "x".repeat(10_000));
        assertThat(finding.text()).hasSize(Finding.MAX_TEXT_CHARS).endsWith("…");
    }
}
