package io.siprec.sip.guard;

import java.util.List;
import java.util.Objects;

/**
 * Which addresses may send to an endpoint, and how much. The lists are asked before a message is parsed and before a
 * connection is used: what they refuse on UDP vanishes, a connection is closed. A source is an IPv4 address, or the first 64
 * bits of an IPv6 address: whoever has one address there has them all.
 *
 * <p>An address that is on no list may still answer requests of ours over UDP: a response without a request goes nowhere.
 */
public final class SipGuard {
    /** The highest rate that can be set, a second. */
    public static final int MAX_RATE = 1_000_000;

    private final List<CidrBlock> allow;
    private final List<CidrBlock> deny;
    private final UnknownSource unknownSource;
    private final int messagesPerSource;
    private final int invitesPerSource;
    private final int messagesInTotal;
    private final int invitesInTotal;
    private final int maxSources;

    /** What a source gets that an allow list doesn't name. */
    public enum UnknownSource {
        /** Nothing: it can't tell that anybody listens. */
        DROP,
        /** A 403 for each request, and no state here. */
        FORBID
    }

    private SipGuard(Builder builder) {
        allow = builder.allow;
        deny = builder.deny;
        unknownSource = builder.unknownSource;
        messagesPerSource = builder.messagesPerSource;
        invitesPerSource = builder.invitesPerSource;
        messagesInTotal = builder.messagesInTotal;
        invitesInTotal = builder.invitesInTotal;
        maxSources = builder.maxSources;
    }

    /** A guard that lets everybody in. */
    public static SipGuard open() {
        return builder().build();
    }

    /** A guard to describe, from an open one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Who may send; empty for everybody. */
    public List<CidrBlock> allow() {
        return allow;
    }

    /** Who may not, even if allowed too. */
    public List<CidrBlock> deny() {
        return deny;
    }

    /** What the others get when there is an allow list. Default {@link UnknownSource#DROP}. */
    public UnknownSource unknownSource() {
        return unknownSource;
    }

    /** Messages a second from one source; what is over it is dropped. 0 for no limit, the default. */
    public int messagesPerSource() {
        return messagesPerSource;
    }

    /** INVITEs outside of a dialog a second from one source; one over it gets 503. 0 for no limit, the default. */
    public int invitesPerSource() {
        return invitesPerSource;
    }

    /** Messages a second from all sources; what is over it is dropped. 0 for no limit, the default. */
    public int messagesInTotal() {
        return messagesInTotal;
    }

    /** INVITEs outside of a dialog a second from all sources; one over it gets 503. 0 for no limit, the default. */
    public int invitesInTotal() {
        return invitesInTotal;
    }

    /** How many sources are known at a time; the quietest is forgotten first. Default 16,384. */
    public int maxSources() {
        return maxSources;
    }

    /** Collects the rules. A rate allows as many at once as it allows a second. */
    public static final class Builder {
        private List<CidrBlock> allow = List.of();
        private List<CidrBlock> deny = List.of();
        private UnknownSource unknownSource = UnknownSource.DROP;
        private int messagesPerSource;
        private int invitesPerSource;
        private int messagesInTotal;
        private int invitesInTotal;
        private int maxSources = 16_384;

        private Builder() {}

        /** See {@link SipGuard#allow()}. */
        public Builder allow(List<CidrBlock> blocks) {
            allow = List.copyOf(blocks);
            return this;
        }

        /** See {@link SipGuard#deny()}. */
        public Builder deny(List<CidrBlock> blocks) {
            deny = List.copyOf(blocks);
            return this;
        }

        /** See {@link SipGuard#unknownSource()}. */
        public Builder unknownSource(UnknownSource value) {
            unknownSource = Objects.requireNonNull(value, "unknownSource");
            return this;
        }

        /** See {@link SipGuard#messagesPerSource()}. */
        public Builder messagesPerSource(int aSecond) {
            messagesPerSource = rate(aSecond, "messagesPerSource");
            return this;
        }

        /** See {@link SipGuard#invitesPerSource()}. */
        public Builder invitesPerSource(int aSecond) {
            invitesPerSource = rate(aSecond, "invitesPerSource");
            return this;
        }

        /** See {@link SipGuard#messagesInTotal()}. */
        public Builder messagesInTotal(int aSecond) {
            messagesInTotal = rate(aSecond, "messagesInTotal");
            return this;
        }

        /** See {@link SipGuard#invitesInTotal()}. */
        public Builder invitesInTotal(int aSecond) {
            invitesInTotal = rate(aSecond, "invitesInTotal");
            return this;
        }

        /** See {@link SipGuard#maxSources()}; 8 to 16,777,216. */
        public Builder maxSources(int value) {
            if (value < 8 || value > 1 << 24) {
                throw new IllegalArgumentException("maxSources must be 8 to 16777216, was " + value);
            }
            maxSources = value;
            return this;
        }

        /** The guard. */
        public SipGuard build() {
            return new SipGuard(this);
        }

        private static int rate(int aSecond, String name) {
            if (aSecond < 0 || aSecond > MAX_RATE) {
                throw new IllegalArgumentException(name + " must be 0 to " + MAX_RATE + ", was " + aSecond);
            }
            return aSecond;
        }
    }
}
