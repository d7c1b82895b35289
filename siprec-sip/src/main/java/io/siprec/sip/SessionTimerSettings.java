package io.siprec.sip;

import java.time.Duration;
import java.util.Objects;

/** How session timers are used (RFC 4028): the stack agrees on them, refreshes and expires sessions by itself. */
public final class SessionTimerSettings {
    /** RFC 4028 section 4: no interval is below this one. */
    public static final Duration SHORTEST = Duration.ofSeconds(90);

    private final boolean enabled;
    private final Duration interval;
    private final Duration minimum;
    private final Refresher preferredRefresher;
    private final boolean askAsServer;
    private final boolean askAsClient;

    /** Who sends the refreshes of a session. */
    public enum Refresher {
        /** The other side: it costs us nothing, and a peer that is gone is noticed without a request of ours. */
        PEER,
        /** This endpoint. */
        SELF
    }

    private SessionTimerSettings(Builder builder, boolean enabled) {
        this.enabled = enabled;
        this.interval = builder.interval;
        this.minimum = builder.minimum;
        this.preferredRefresher = builder.preferredRefresher;
        this.askAsServer = builder.askAsServer;
        this.askAsClient = builder.askAsClient;
    }

    /** Settings to change, from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A timer where the peer asks for one, with the peer as refresher unless it wants otherwise. */
    public static SessionTimerSettings withDefaults() {
        return builder().build();
    }

    /** No timers: the option tag {@code timer} is unknown to the endpoint, Session-Expires is passed over. */
    public static SessionTimerSettings off() {
        return new SessionTimerSettings(builder(), false);
    }

    /** Whether there are timers at all. */
    public boolean enabled() {
        return enabled;
    }

    /** See {@link Builder#interval}. */
    public Duration interval() {
        return interval;
    }

    /** See {@link Builder#minimum}. */
    public Duration minimum() {
        return minimum;
    }

    /** See {@link Builder#preferredRefresher}. */
    public Refresher preferredRefresher() {
        return preferredRefresher;
    }

    /** See {@link Builder#askAsServer}. */
    public boolean askAsServer() {
        return askAsServer;
    }

    /** See {@link Builder#askAsClient}. */
    public boolean askAsClient() {
        return askAsClient;
    }

    /** Collects the settings. */
    public static final class Builder {
        private Duration interval = Duration.ofSeconds(1800);
        private Duration minimum = SHORTEST;
        private Refresher preferredRefresher = Refresher.PEER;
        private boolean askAsServer;
        private boolean askAsClient;

        private Builder() {}

        /**
         * The interval that we want: a longer one that a peer asks for is lowered to it, as far as the peer's Min-SE allows;
         * a shorter one is taken as it is. In whole seconds, at least 90 s; default 1800 s, as section 4 recommends.
         */
        public Builder interval(Duration value) {
            interval = checked("interval", value);
            return this;
        }

        /**
         * The shortest interval that we take: a request for less gets 422 with this as Min-SE. In whole seconds, at least
         * and by default 90 s.
         */
        public Builder minimum(Duration value) {
            minimum = checked("minimum", value);
            return this;
        }

        /** Who refreshes where the peer leaves it to us. Default {@link Refresher#PEER}. */
        public Builder preferredRefresher(Refresher value) {
            preferredRefresher = Objects.requireNonNull(value, "preferredRefresher");
            return this;
        }

        /**
         * Whether our 2xx asks for a timer where the peer's INVITE asked for none (section 9). A peer that does not know
         * the extension is refreshed by us. Default false.
         */
        public Builder askAsServer(boolean value) {
            askAsServer = value;
            return this;
        }

        /** Whether INVITEs of ours ask for a timer (section 7.1). Default false. */
        public Builder askAsClient(boolean value) {
            askAsClient = value;
            return this;
        }

        /** The settings. */
        public SessionTimerSettings build() {
            if (interval.compareTo(minimum) < 0) {
                throw new IllegalArgumentException("interval " + interval + " is below the minimum " + minimum);
            }
            return new SessionTimerSettings(this, true);
        }

        private static Duration checked(String name, Duration value) {
            Duration seconds = Duration.ofSeconds(value.toSeconds());
            if (seconds.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(name + " must be at least 90 s (RFC 4028 section 4), was " + value);
            }
            return seconds;
        }
    }
}
