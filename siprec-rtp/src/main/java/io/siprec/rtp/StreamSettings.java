package io.siprec.rtp;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a stream is opened with.
 *
 * @param name for logs
 * @param origin shared by the streams of a recording
 * @param file to create, with its directory
 * @param formats negotiated; other payload types are refused
 * @param signalledSource the sender's address in its SDP, when it is a usable one
 * @param receiving false for an inactive line: packets are dropped and counted
 * @param rtcp as negotiated
 * @param format of the file
 * @param srtp how it is encrypted; empty for plain RTP
 * @param sources whose packets are taken
 * @param keepalive while nothing comes, RTP without payload is sent to keep a NAT's binding (RFC 6263 §4.6)
 * @param events what is done with telephone events
 * @param capture the packet capture that it is part of; empty for none, as it must be where events are masked
 */
public record StreamSettings(
        String name,
        TimeOrigin origin,
        Path file,
        List<AudioFormat> formats,
        Optional<InetSocketAddress> signalledSource,
        boolean receiving,
        RtcpSettings rtcp,
        RecordingFormat format,
        Optional<SrtpSettings> srtp,
        SourceRule sources,
        boolean keepalive,
        EventSettings events,
        Optional<CapturedStream> capture) {
    /** Copies the list. */
    public StreamSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(signalledSource, "signalledSource");
        Objects.requireNonNull(rtcp, "rtcp");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(srtp, "srtp");
        Objects.requireNonNull(sources, "sources");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(capture, "capture");
        if (capture.isPresent() && events.masked()) {
            throw new IllegalArgumentException("a capture would hold the keys that are to be masked");
        }
        formats = List.copyOf(formats);
    }

    /** Settings with the rest as the builder has it by default. */
    public StreamSettings(
            String name,
            TimeOrigin origin,
            Path file,
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving) {
        this(
                name,
                origin,
                file,
                formats,
                signalledSource,
                receiving,
                RtcpSettings.STANDARD,
                RecordingFormat.WAV,
                Optional.empty(),
                SourceRule.PREFER_SIGNALLED,
                false,
                EventSettings.STANDARD,
                Optional.empty());
    }

    /** A builder with the one required value. */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    /** Builds settings; by default PCMU and PCMA, any source, receiving, an origin of its own. */
    public static final class Builder {
        private final Path file;
        private String name;
        private TimeOrigin origin = new TimeOrigin();
        private List<AudioFormat> formats =
                List.of(new AudioFormat(0, "PCMU", 8_000), new AudioFormat(8, "PCMA", 8_000));
        private Optional<InetSocketAddress> signalledSource = Optional.empty();
        private boolean receiving = true;
        private RtcpSettings rtcp = RtcpSettings.STANDARD;
        private RecordingFormat format = RecordingFormat.WAV;
        private Optional<SrtpSettings> srtp = Optional.empty();
        private SourceRule sources = SourceRule.PREFER_SIGNALLED;
        private boolean keepalive;
        private EventSettings events = EventSettings.STANDARD;
        private Optional<CapturedStream> capture = Optional.empty();

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
            this.name = file.toString();
        }

        /** For logs; default the file's path. */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Shared by the streams of a recording. */
        public Builder origin(TimeOrigin value) {
            origin = Objects.requireNonNull(value, "origin");
            return this;
        }

        /** The negotiated formats. */
        public Builder formats(List<AudioFormat> value) {
            formats = List.copyOf(value);
            return this;
        }

        /** The sender's address in its SDP. */
        public Builder signalledSource(InetSocketAddress value) {
            signalledSource = Optional.of(value);
            return this;
        }

        /** False for an inactive line. */
        public Builder receiving(boolean value) {
            receiving = value;
            return this;
        }

        /** RTCP as negotiated; default {@link RtcpSettings#STANDARD}. */
        public Builder rtcp(RtcpSettings value) {
            rtcp = Objects.requireNonNull(value, "rtcp");
            return this;
        }

        /** The format of the file; default {@link RecordingFormat#WAV}. */
        public Builder format(RecordingFormat value) {
            format = Objects.requireNonNull(value, "format");
            return this;
        }

        /** Takes SRTP only: what is not authentic is dropped and counted. Default plain RTP. */
        public Builder srtp(SrtpSettings value) {
            srtp = Optional.of(value);
            return this;
        }

        /** Whose packets are taken; default {@link SourceRule#PREFER_SIGNALLED}. */
        public Builder sources(SourceRule value) {
            sources = Objects.requireNonNull(value, "sources");
            return this;
        }

        /**
         * True sends RTP without payload each 15 s while nothing comes, so that a NAT before us lets packets in later
         * (RFC 6263 §4.6): to where packets came from, else to the signalled address. Default false.
         */
        public Builder keepalive(boolean value) {
            keepalive = value;
            return this;
        }

        /** What is done with telephone events; default {@link EventSettings#STANDARD}. */
        public Builder events(EventSettings value) {
            events = Objects.requireNonNull(value, "events");
            return this;
        }

        /** Keeps packets in a capture too. Default none. */
        public Builder capture(CapturedStream value) {
            capture = Optional.of(value);
            return this;
        }

        /** The settings. */
        public StreamSettings build() {
            return new StreamSettings(
                    name,
                    origin,
                    file,
                    formats,
                    signalledSource,
                    receiving,
                    rtcp,
                    format,
                    srtp,
                    sources,
                    keepalive,
                    events,
                    capture);
        }
    }
}
