package io.siprec.testkit;

import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpSuite;
import io.siprec.sip.auth.ClientCredentials;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipUri;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One call to place: to whom, with which streams, for how long. Made by a {@linkplain #builder builder}.
 *
 * @param targetUri the request URI
 * @param destination where the INVITE is sent to
 * @param transport the transport of the signalling; empty: the one of the {@link SyntheticSrc}
 * @param media the m-lines with their streams, 1 to 8
 * @param duration how long audio is sent, a whole number of packets
 * @param byeGrace the time between the last packet and the BYE
 * @param participants the parties of the recorded call; party i sends stream i, one without a stream only receives
 * @param metadata a document to send instead of the one made from these settings
 * @param headers further header fields of the INVITE
 * @param credentials who the SRC is when the recorder asks; empty: those of nobody
 * @param seed what the ids are made of
 * @param dialect in what the INVITE differs from the one of RFC 7866
 * @param replies how requests of the recorder are answered; called on the signalling loop
 */
public record SrcCallSettings(
        String targetUri,
        InetSocketAddress destination,
        Optional<Transport> transport,
        SrcMedia media,
        Duration duration,
        Duration byeGrace,
        List<SrcParticipant> participants,
        Optional<byte[]> metadata,
        List<Header> headers,
        Optional<ClientCredentials> credentials,
        long seed,
        SrcDialect dialect,
        Function<SipRequest, SrcReply> replies) {
    /** RTP packets are this far apart. */
    public static final Duration PACKET_TIME = Duration.ofMillis(20);

    /** A call has no more streams than this. */
    public static final int MAX_STREAMS = 8;

    /** Checks counts and times. */
    public SrcCallSettings {
        Objects.requireNonNull(targetUri, "targetUri");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(media, "media");
        participants = List.copyOf(participants);
        headers = List.copyOf(headers);
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(replies, "replies");
        if (duration.compareTo(PACKET_TIME) < 0 || duration.toNanos() % PACKET_TIME.toNanos() != 0) {
            throw new IllegalArgumentException("duration must be a multiple of 20 ms, was " + duration);
        }
        if (byeGrace.isNegative()) {
            throw new IllegalArgumentException("byeGrace must not be negative, was " + byeGrace);
        }
    }

    /**
     * Settings for a call to this SIP URI; its host, port and transport parameter say where the INVITE goes.
     *
     * @throws IllegalArgumentException when it is no SIP URI
     */
    public static Builder builder(String targetUri) {
        return new Builder(targetUri);
    }

    /** The streams in the order of their m-lines. */
    public List<SrcStream> streams() {
        return media.streams();
    }

    /** How many packets each stream has when nobody ends the call before. */
    public long packets() {
        return duration.dividedBy(PACKET_TIME);
    }

    private static int requireCount(int count) {
        if (count < 1 || count > MAX_STREAMS) {
            throw new IllegalArgumentException("a call has 1 to " + MAX_STREAMS + " streams, was " + count);
        }
        return count;
    }

    /** Collects the settings of a call; what isn't set has the default that is named. */
    public static final class Builder {
        private static final SecureRandom KEYS = new SecureRandom(); // two calls of one seed must not share a key

        private final String targetUri;
        private final List<Header> headers = new ArrayList<>();
        private InetSocketAddress destination;
        private Optional<Transport> transport;
        private int streamCount = 2;
        private List<AudioSource> audio = List.of();
        private List<String> labels = List.of();
        private SrcCodec codec = SrcCodec.PCMU;
        private Optional<SrtpSuite> srtp = Optional.empty();
        private List<SrcStream> streams = List.of();
        private Duration duration = Duration.ofSeconds(5);
        private Duration byeGrace = Duration.ofMillis(100);
        private List<SrcParticipant> participants = List.of(
                new SrcParticipant("sip:alice@atlanta.example", "Alice"),
                new SrcParticipant("sip:bob@biloxi.example", "Bob"));
        private Optional<byte[]> metadata = Optional.empty();
        private Optional<ClientCredentials> credentials = Optional.empty();
        private long seed = 1;
        private UnaryOperator<SrcMedia> media = UnaryOperator.identity();
        private SrcDialect dialect = SrcDialect.rfc7866();
        private Function<SipRequest, SrcReply> replies = request -> SrcReply.ok();

        private Builder(String targetUri) {
            SipUri uri = SipUri.lenient(targetUri);
            boolean sips = uri.scheme().equals("sips");
            if (!sips && !uri.scheme().equals("sip") || uri.host().isEmpty()) {
                throw new IllegalArgumentException(
                        "a call goes to a SIP URI like sip:127.0.0.1:5060, was \"" + targetUri + '"');
            }
            this.targetUri = targetUri;
            Optional<Transport> named = uri.parameter("transport").map(Builder::transport);
            this.transport = sips ? Optional.of(Transport.TLS) : named;
            int defaultPort = transport.orElse(Transport.UDP).defaultPort();
            this.destination = new InetSocketAddress(uri.host(), uri.port() < 0 ? defaultPort : uri.port());
        }

        private static Transport transport(String name) {
            try {
                return Transport.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("transport must be udp, tcp or tls, was \"" + name + '"', e);
            }
        }

        /** Sends the INVITE here, whatever the URI says. */
        public Builder destination(InetSocketAddress address) {
            destination = Objects.requireNonNull(address, "address");
            return this;
        }

        /** Default: that of the URI, else that of the {@link SyntheticSrc}. */
        public Builder transport(Transport value) {
            transport = Optional.of(value);
            return this;
        }

        /** How many streams, 1 to 8. Default 2. */
        public Builder streams(int count) {
            streamCount = requireCount(count);
            return this;
        }

        /** Exactly these streams, 1 to 8; audio, labels and codec set here are for made streams only. */
        public Builder streams(List<SrcStream> exactly) {
            requireCount(exactly.size());
            streams = List.copyOf(exactly);
            return this;
        }

        /** The audio of the first streams. Default for the others: synthetic speech, another voice for each. */
        public Builder audio(AudioSource... sources) {
            audio = List.of(sources);
            return this;
        }

        /** The labels of the first streams. Default for the others: "1", "2", .... */
        public Builder labels(String... values) {
            labels = List.of(values);
            return this;
        }

        /** The codec of all streams. Default PCMU. */
        public Builder codec(SrcCodec value) {
            codec = Objects.requireNonNull(value, "codec");
            return this;
        }

        /** Encrypts the made streams with this suite, each with fresh keys. Default: plain RTP. */
        public Builder srtp(SrtpSuite suite) {
            srtp = Optional.of(suite);
            return this;
        }

        /** How long to send, a multiple of 20 ms. Default 5 s. */
        public Builder duration(Duration value) {
            duration = Objects.requireNonNull(value, "duration");
            return this;
        }

        /** Sends until somebody ends the call, a day at most. */
        public Builder untilHungUp() {
            return duration(Duration.ofDays(1));
        }

        /** Changes the m-lines of the INVITE, as by {@code media -> media.held(INACTIVE)}. Default: all are sendonly. */
        public Builder media(UnaryOperator<SrcMedia> change) {
            media = Objects.requireNonNull(change, "change");
            return this;
        }

        /** In what the INVITE differs from the one of RFC 7866. Default: in nothing. */
        public Builder dialect(SrcDialect value) {
            dialect = Objects.requireNonNull(value, "dialect");
            return this;
        }

        /** How requests of the recorder are answered; called on the signalling loop. Default: all by 200. */
        public Builder replies(Function<SipRequest, SrcReply> value) {
            replies = Objects.requireNonNull(value, "replies");
            return this;
        }

        /** The time between the last packet and the BYE. Default 100 ms. */
        public Builder byeGrace(Duration value) {
            byeGrace = Objects.requireNonNull(value, "byeGrace");
            return this;
        }

        /** The parties of the recorded call. Default: Alice and Bob. */
        public Builder participants(SrcParticipant... values) {
            participants = List.of(values);
            return this;
        }

        /** Sends this document as the metadata. */
        public Builder metadata(byte[] document) {
            metadata = Optional.of(document.clone());
            return this;
        }

        /** Adds a header field to the INVITE. */
        public Builder header(Header header) {
            headers.add(Objects.requireNonNull(header, "header"));
            return this;
        }

        /** Answers a recorder's challenge with these (RFC 7616). Default none: the challenge is the outcome. */
        public Builder credentials(ClientCredentials value) {
            credentials = Optional.of(value);
            return this;
        }

        /** Calls with another seed have other ids, SSRCs, first numbers and voices. Default 1. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** The settings as they are now. */
        public SrcCallSettings build() {
            return new SrcCallSettings(
                    targetUri,
                    destination,
                    transport,
                    media.apply(SrcMedia.sending(streams.isEmpty() ? makeStreams() : streams)),
                    duration,
                    byeGrace,
                    participants,
                    metadata,
                    headers,
                    credentials,
                    seed,
                    dialect,
                    replies);
        }

        private List<SrcStream> makeStreams() {
            SplittableRandom random = new SplittableRandom(seed);
            List<SrcStream> made = new ArrayList<>();
            for (int i = 0; i < streamCount; i++) {
                made.add(new SrcStream(
                        i < labels.size() ? labels.get(i) : String.valueOf(i + 1),
                        codec,
                        i < audio.size() ? audio.get(i) : AudioSources.speechLike(seed * MAX_STREAMS + i),
                        random.nextLong(1L << 32),
                        random.nextInt(1 << 16),
                        random.nextLong(1L << 32),
                        srtp.map(suite -> SrtpKeys.generate(suite, KEYS)),
                        List.of(),
                        packet -> false));
            }
            return made;
        }
    }
}
