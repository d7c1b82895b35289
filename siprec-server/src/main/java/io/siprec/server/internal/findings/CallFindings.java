package io.siprec.server.internal.findings;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one call, each once, and no more than a person would read. Loop thread only. */
public final class CallFindings {
    private static final int MOST = 200;

    private final Set<Finding> findings = new LinkedHashSet<>();

    public void add(FindingCode code, String odd) {
        add(Finding.of(code, odd));
    }

    public void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }

    public void addAll(Collection<Finding> several) {
        several.forEach(this::add);
    }

    public List<Finding> list() {
        return List.copyOf(findings);
    }
}
