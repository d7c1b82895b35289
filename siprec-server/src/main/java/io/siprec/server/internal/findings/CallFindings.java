package io.siprec.server.internal.findings;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one call, each once, and no more than a person would read. Loop thread only. */
public final class CallFindings {
    /** More are not kept, which is a finding itself. */
    static final int MOST = 200;

    private static final Finding DROPPED =
            Finding.of(FindingCode.FINDINGS_DROPPED, "more than " + MOST + " findings in one call");

    private final Set<Finding> findings = new LinkedHashSet<>();

    public void add(FindingCode code, String odd) {
        add(Finding.of(code, odd));
    }

    public void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        } else if (!findings.contains(finding)) {
            findings.add(DROPPED);
        }
    }

    public void addAll(Collection<Finding> several) {
        several.forEach(this::add);
    }

    public List<Finding> list() {
        return List.copyOf(findings);
    }
}
