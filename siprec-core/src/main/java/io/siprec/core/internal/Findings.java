package io.siprec.core.internal;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one parse, not more than a bound: a peer decides how many there are to find. */
public final class Findings {
    /** The most findings that one parse reports. */
    public static final int MAX = 64;

    private final List<Finding> kept = new ArrayList<>(0);
    private int dropped;

    /** A collector without findings. */
    public Findings() {}

    /** A collector that begins with what {@code other} has. */
    public Findings(Findings other) {
        kept.addAll(other.kept);
        dropped = other.dropped;
    }

    /** Keeps {@code finding}, or counts it when there are enough. */
    public void add(Finding finding) {
        if (kept.size() < MAX) kept.add(finding);
        else dropped++;
    }

    /** Keeps {@code finding} unless one of its code is there already: for what a peer does all through a document. */
    public void once(Finding finding) {
        for (Finding one : kept) {
            if (one.code().equals(finding.code())) return;
        }
        add(finding);
    }

    /** Keeps a finding of the catalogue. */
    public void add(FindingCode code, String odd) {
        add(Finding.of(code, odd));
    }

    /** The same, unless one of its code is there already. */
    public void once(FindingCode code, String odd) {
        once(Finding.of(code, odd));
    }

    /** What was found, with the number that was dropped as the last entry. */
    public List<Finding> toList() {
        if (dropped == 0) return List.copyOf(kept);
        List<Finding> all = new ArrayList<>(kept);
        all.add(Finding.of(FindingCode.FINDINGS_DROPPED, dropped + " more findings"));
        return List.copyOf(all);
    }
}
