package io.siprec.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void textCannotForgeLogLines() { // C077
        Finding finding = new Finding("a-code", Severity.INFO, "", "one\r\ntwo\u001b[2K\u202Eeerht\u2028four");
        assertThat(finding.text()).isEqualTo("one??two?[2K?eerht?four");
    }

    @Test
    void textIsBounded() {
        Finding finding = new Finding("a-code", Severity.ERROR, "", "x".repeat(10_000));
        assertThat(finding.text()).hasSize(Finding.MAX_TEXT_CHARS).endsWith("…");
    }

    @Test
    void whatWasDoneStandsBehindWhatWasOdd() {
        Finding finding = Finding.of(FindingCode.METADATA_TIME_ZONE_MISSING, "times without a zone");
        assertThat(finding)
                .isEqualTo(new Finding(
                        "metadata-time-zone-missing",
                        Severity.WARNING,
                        "RFC 7865 §6.9",
                        "times without a zone; they were read as UTC"));
    }

    @Test
    void whatWasDoneIsNotCutOff() {
        Finding finding = Finding.of(FindingCode.METADATA_TIME_ZONE_MISSING, "x".repeat(10_000));
        assertThat(finding.text()).hasSize(Finding.MAX_TEXT_CHARS).endsWith("x…; they were read as UTC");
    }
}
