package io.siprec.sip.internal.dialog;

import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.SipTimers;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.auth.DigestSettings;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.auth.DigestAuthenticator;
import io.siprec.sip.transport.SipLimits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What an endpoint was told by its builder, which checks it. */
public final class SipSettings {
    private final SipLimits limits;
    private final SipTimers timers;
    private final SessionTimerSettings sessionTimers;
    private final boolean reliableProvisionals;
    private final String productName;
    private final Set<String> supportedOptions;
    private final List<String> acceptedTypes;
    private final String advertisedHost;
    private final String contactParameters;
    private final Optional<DigestAuthenticator> authenticator;
    private final ClientCredentials credentials;
    private final Supplier<Optional<Unavailable>> overload;
    private final int maxDatagramBytes;

    private SipSettings(Builder builder) {
        limits = builder.limits;
        timers = builder.timers;
        sessionTimers = builder.sessionTimers;
        reliableProvisionals = builder.reliableProvisionals;
        productName = builder.productName;
        supportedOptions = builder.allSupportedOptions();
        acceptedTypes = builder.acceptedTypes;
        advertisedHost = builder.advertisedHost;
        contactParameters = builder.contactParameters;
        authenticator = Optional.ofNullable(builder.authentication).map(DigestAuthenticator::new);
        credentials = builder.credentials;
        overload = builder.overload;
        maxDatagramBytes = builder.maxDatagramBytes;
    }

    /** Settings to change, from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** As in {@code SipEndpoint.Builder}. */
    public SipLimits limits() {
        return limits;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public SipTimers timers() {
        return timers;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public boolean reliableProvisionals() {
        return reliableProvisionals;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public SessionTimerSettings sessionTimers() {
        return sessionTimers;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public String productName() {
        return productName;
    }

    /** As in {@code SipEndpoint.Builder}, with those that the stack serves by itself. */
    public Set<String> supportedOptions() {
        return supportedOptions;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public List<String> acceptedTypes() {
        return acceptedTypes;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public String advertisedHost() {
        return advertisedHost;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public String contactParameters() {
        return contactParameters;
    }

    /** Who checks credentials, one for all loops; empty when nobody is asked for them. */
    public Optional<DigestAuthenticator> authenticator() {
        return authenticator;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public ClientCredentials credentials() {
        return credentials;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public Supplier<Optional<Unavailable>> overload() {
        return overload;
    }

    /** As in {@code SipEndpoint.Builder}. */
    public int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    /** Collects settings. */
    public static final class Builder {
        private SipLimits limits = SipLimits.withDefaults();
        private SipTimers timers = SipTimers.withDefaults();
        private boolean reliableProvisionals;
        private SessionTimerSettings sessionTimers = SessionTimerSettings.withDefaults();
        private String productName = "";
        private Set<String> supportedOptions = Set.of("siprec");
        private List<String> acceptedTypes = List.of("application/sdp");
        private String advertisedHost = "";
        private String contactParameters = "";
        private DigestSettings authentication;
        private ClientCredentials credentials = ClientCredentials.none();
        private int maxDatagramBytes = 1_300;

        private Supplier<Optional<Unavailable>> overload = Optional::empty;

        private Builder() {}

        /** As in {@code SipEndpoint.Builder}. */
        public Builder maxDatagramBytes(int value) {
            maxDatagramBytes = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder limits(SipLimits value) {
            limits = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder timers(SipTimers value) {
            timers = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder reliableProvisionals(boolean value) {
            reliableProvisionals = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder sessionTimers(SessionTimerSettings value) {
            sessionTimers = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder productName(String value) {
            productName = value;
            return this;
        }

        /** Option tags compare without case. */
        public Builder supportedOptions(Set<String> value) {
            Set<String> lower = new TreeSet<>();
            value.forEach(tag -> lower.add(tag.toLowerCase(Locale.ROOT)));
            supportedOptions = lower;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder acceptedTypes(List<String> value) {
            acceptedTypes = List.copyOf(value);
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder advertisedHost(String value) {
            advertisedHost = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder contactParameters(String value) {
            contactParameters = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder authentication(DigestSettings value) {
            authentication = value;
            return this;
        }

        /** As in {@code SipEndpoint.Builder}. */
        public Builder credentials(ClientCredentials value) {
            credentials = value;
            return this;
        }

        /** What was set before is asked first. */
        public Builder overload(Supplier<Optional<Unavailable>> value) {
            Supplier<Optional<Unavailable>> before = overload;
            overload = () -> before.get().or(value);
            return this;
        }

        private Set<String> allSupportedOptions() {
            Set<String> all = new TreeSet<>(supportedOptions);
            all.add(OptionTags.RELIABLE_PROVISIONAL);
            if (sessionTimers.enabled()) {
                all.add(OptionTags.TIMER);
            } else {
                all.remove(OptionTags.TIMER);
            }
            return all;
        }

        /** The settings. */
        public SipSettings build() {
            return new SipSettings(this);
        }
    }
}
