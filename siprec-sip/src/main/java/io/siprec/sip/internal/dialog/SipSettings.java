package io.siprec.sip.internal.dialog;

import io.siprec.sip.SipTimers;
import io.siprec.sip.transport.SipLimits;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an endpoint was told by its builder. */
public record SipSettings(
        SipLimits limits,
        SipTimers timers,
        String productName,
        Set<String> supportedOptions,
        List<String> acceptedTypes,
        String advertisedHost,
        String contactParameters) {
    /** Copies the collections; option tags compare without case. */
    public SipSettings {
        supportedOptions = supportedOptions.stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        acceptedTypes = List.copyOf(acceptedTypes);
    }
}
