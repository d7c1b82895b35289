package io.siprec.server.internal.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallFindingsTest {
    private final CallFindings findings = new CallFindings();

    @Test
    void aFindingIsKeptOnce() {
        findings.add(FindingCode.DATE_OFF, "a clock that is off");
        findings.add(FindingCode.DATE_OFF, "a clock that is off");
        assertThat(findings.list()).hasSize(1);
    }

    @Test
    void thatThereWereMoreIsAFinding() {
        for (int i = 0; i < CallFindings.MOST; i++) {
            findings.add(FindingCode.RTP_SILENCE, "silence " + i);
        }
        findings.add(FindingCode.RTP_SILENCE, "silence 0");
        assertThat(findings.list()).as("as many as are kept").hasSize(CallFindings.MOST);
        findings.add(FindingCode.RTP_SILENCE, "one more");
        findings.add(FindingCode.RTP_SILENCE, "and another");
        List<Finding> all = findings.list();
        assertThat(all).hasSize(CallFindings.MOST + 1);
        assertThat(all.get(CallFindings.MOST).code()).isEqualTo("findings-dropped");
    }
}
