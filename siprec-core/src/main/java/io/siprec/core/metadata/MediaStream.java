package io.siprec.core.metadata;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A media stream of a recorded session (RFC 7865 §6.7).
 *
 * @param id opaque, compared exactly
 * @param sessionId the session that it belongs to
 * @param label the a=label of its m-line in the same message (RFC 7865 §6.7.1)
 * @param extensions what else stood there
 */
public record MediaStream(String id, Optional<String> sessionId, Optional<String> label, List<Extension> extensions) {
    /** Copies the list. */
    public MediaStream {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(label, "label");
        extensions = List.copyOf(extensions);
    }

    /** True where {@code wanted} is its label, or stands in a {@code media_label} attribute, as one client does it. */
    public boolean isLabelled(String wanted) {
        return label.filter(wanted::equals).isPresent()
                || extensions.stream()
                        .anyMatch(one ->
                                one.name().equals("@media_label") && one.text().equals(wanted));
    }

    /** True where the SRC mixes several participants into it, as some say in a {@code mode} element. */
    public boolean isMixed() {
        return extensions.stream()
                .anyMatch(one -> one.name().equals("mode") && one.text().equalsIgnoreCase("mixed"));
    }
}
