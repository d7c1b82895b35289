package io.siprec.server.internal.body;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.server.internal.files.KeptFiles.PartFile;
import io.siprec.server.internal.findings.CallFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Keeps the body parts of a call that nothing here reads, such as a call record of the SRC. Loop thread only. */
public final class KeptParts {
    private static final int MOST_FILES = 100;
    private static final int MOST_BYTES = 1 << 20;

    private final boolean keeps;
    private final BiConsumer<String, byte[]> archive;
    private final CallFindings findings;
    private final List<PartFile> files = new ArrayList<>(0);
    private int bytes;

    /**
     * @param keeps false where the operator wants no names kept: nobody knows what is in such a part
     * @param archive takes a file's name and its content
     */
    public KeptParts(boolean keeps, BiConsumer<String, byte[]> archive, CallFindings findings) {
        this.keeps = keeps;
        this.archive = archive;
        this.findings = findings;
    }

    public void take(List<KeptPart> parts) {
        if (keeps) {
            parts.forEach(this::keep);
        }
    }

    /** The files so far. */
    public List<PartFile> files() {
        return List.copyOf(files);
    }

    private void keep(KeptPart part) {
        if (files.size() >= MOST_FILES || part.content().length > MOST_BYTES - bytes) {
            findings.add(Finding.of(
                    FindingCode.BODY_PARTS_TOO_MANY,
                    "body parts beyond " + MOST_FILES + " or beyond " + MOST_BYTES + " bytes in all"));
            return;
        }
        bytes += part.content().length;
        String name = String.format(Locale.ROOT, "part-%04d.bin", files.size() + 1);
        files.add(new PartFile(name, part.type()));
        archive.accept(name, part.content());
    }
}
