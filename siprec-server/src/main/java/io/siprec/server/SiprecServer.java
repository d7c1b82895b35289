package io.siprec.server;

import io.siprec.core.SessionId;
import io.siprec.core.attributes.HeaderPatterns;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.spi.InMemorySessionStore;
import io.siprec.core.spi.SessionStore;
import io.siprec.rtp.AudioTap;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.TapSettings;
import io.siprec.rtp.WavMix;
import io.siprec.rtp.spi.AudioSink;
import io.siprec.server.internal.HealthCheck;
import io.siprec.server.internal.admission.Availability;
import io.siprec.server.internal.admission.ResourceWatch;
import io.siprec.server.internal.call.CallServices;
import io.siprec.server.internal.call.RecordingCalls;
import io.siprec.server.internal.call.SessionEvents;
import io.siprec.server.internal.call.SessionTable;
import io.siprec.server.internal.call.Verdicts;
import io.siprec.server.internal.capture.CaptureRules;
import io.siprec.server.internal.capture.Captures;
import io.siprec.server.internal.files.Mixes;
import io.siprec.server.internal.files.RecordingDirectory;
import io.siprec.server.internal.files.SessionFiles;
import io.siprec.server.internal.links.LinkIndex;
import io.siprec.server.internal.media.MediaAddresses;
import io.siprec.server.internal.media.MediaSetup;
import io.siprec.server.internal.media.SecurityRules;
import io.siprec.server.internal.metadata.MetadataPolicy;
import io.siprec.server.internal.policy.PolicyDesk;
import io.siprec.server.internal.recognition.Recognition;
import io.siprec.server.internal.repair.CrashRepair;
import io.siprec.server.internal.rules.SessionRules;
import io.siprec.server.internal.work.SessionStoreWorker;
import io.siprec.sip.SipBindException;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.TlsException;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SIPREC session recording server (RFC 7866) inside an application. It reads no environment variable, installs no
 * signal handler and owns no static state; several may run in one process.
 *
 * <pre>{@code
 * try (SiprecServer server = SiprecServer.builder(Path.of("recordings"))
 *         .listen(Transport.UDP, "0.0.0.0", 5060)
 *         .listen(Transport.TCP, "0.0.0.0", 5060)
 *         .listener(myListener)
 *         .build()) {
 *     server.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>All methods may be called on any thread.
 */
public final class SiprecServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SiprecServer.class);

    private final Builder settings;
    private final RecordingDirectory directory;
    private final CrashRepair repair;
    private final SessionTable sessions;
    private final SessionStoreWorker store;
    private final SessionFiles files;
    private final Mixes mixes;
    private final Verdicts verdicts = new Verdicts();
    private final SessionEvents events;
    private final MediaPlane media;
    private final Captures captures;
    private final PolicyDesk policy;
    private final RecordingCalls calls;
    private final ResourceWatch watch;
    private final Availability availability;
    private final SipEndpoint endpoint;
    private State state = State.NEW; // guarded by this

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private SiprecServer(Builder settings) {
        this.settings = settings;
        sessions = new SessionTable(settings.maxSessions);
        directory = new RecordingDirectory(settings.recordingDirectory);
        repair = new CrashRepair(directory, settings.nodeId, settings.clock);
        store = new SessionStoreWorker(
                settings.store, settings.nodeId, settings.recordingDirectory, settings.maxSessions);
        files = new SessionFiles(directory, settings.maxSessions);
        mixes = new Mixes(settings.mix, settings.maxSessions);
        events = new SessionEvents(settings.listeners, settings.maxSessions);
        media = settings.mediaPlane();
        captures = new Captures(media, settings.captureRules());
        policy = new PolicyDesk(settings.callPolicy, settings.maxSessions);
        CallServices services = new CallServices(
                settings.nodeId,
                settings.clock,
                new MediaSetup(
                        media,
                        settings.recordingFormat,
                        new MediaAddresses(Optional.ofNullable(settings.rtpAddress)),
                        new SecurityRules(settings.srtpKeysOverTlsOnly, settings.secureOnly),
                        settings.rtpSource,
                        settings.rtpKeepalive,
                        settings.maskDtmf,
                        settings.offeredStreams),
                directory,
                files,
                mixes,
                verdicts,
                captures,
                store,
                events,
                sessions,
                new LinkIndex(settings.clock),
                new Recognition(settings.strict, settings.nonSiprecInvites),
                settings.attributeHeaders,
                settings.rules(),
                new MetadataPolicy(settings.keepNames, settings.endOnMetadataErrors));
        calls = new RecordingCalls(services, policy);
        watch = new ResourceWatch(directory.root());
        availability = new Availability(sessions::full, media::freePortPairs, watch);
        endpoint = settings.endpoint(calls, availability, captures);
    }

    /**
     * Begins to describe a server.
     *
     * @param recordingDirectory where recordings go; made at start if need be
     */
    public static Builder builder(Path recordingDirectory) {
        return new Builder(recordingDirectory);
    }

    /**
     * Opens the ports and takes calls from now on. What servers that died left in the recording directory is repaired meanwhile:
     * their sessions of the last days get true audio files and a final manifest with the end cause {@code interrupted}.
     *
     * @throws StartupException if a setting can't be used; nothing stays open then
     * @throws IllegalStateException if the server was started or closed before
     */
    public synchronized void start() throws StartupException {
        if (state != State.NEW) {
            throw new IllegalStateException("a server starts once");
        }
        checkDirectory();
        repair.start();
        files.start();
        mixes.start();
        store.start();
        events.start();
        policy.start();
        media.start();
        watch.start();
        try {
            endpoint.start();
        } catch (SipBindException e) {
            close();
            ListeningPoint point = e.listeningPoint();
            String value = point.transport() + " " + point.address().getHostString() + ":"
                    + point.address().getPort();
            throw new StartupException(StartupException.Setting.LISTEN, value, problem(e), e);
        }
        state = State.RUNNING;
    }

    /** Where the server listens, with the ports that it got. */
    public List<ListeningPoint> listeningPoints() {
        return endpoint.listeningPoints();
    }

    /** The sessions that are being recorded or finished, oldest first. */
    public List<RecordingSession> sessions() {
        return sessions.list();
    }

    /** One session, unless its files are final already. */
    public Optional<RecordingSession> session(SessionId id) {
        return sessions.find(id);
    }

    /**
     * Ends a session with BYE (RFC 3261 §15.1.1); before the SRC has acknowledged our answer, the BYE waits for that. Asking
     * again is without effect.
     *
     * @param reason for a person: the text of the Reason header (RFC 3326)
     * @return {@code DONE} once the dialog is over, however it ended; the files are final when the listeners hear of the
     *     end. {@code NO_SUCH_SESSION} if it was over before. Completed on the listener thread
     */
    public CompletionStage<ControlResult> terminate(SessionId id, String reason) {
        return calls.terminate(id, reason);
    }

    /**
     * Records nothing more of a session until {@link #resume(SessionId)}: packets are dropped and counted from now on,
     * also those of streams that come later, and the SRC is told by re-INVITE with {@code a=inactive} (RFC 7866 §7.2). A
     * pause stands until the application ends it: offers of the SRC are answered inactive meanwhile.
     *
     * @return {@code DONE} when the SRC agreed; {@code UNCHANGED} when all was paused; {@code REFUSED} with the SRC's status,
     *     or {@code NO_ANSWER}: the recorder's side is paused all the same, and asking again tells the SRC again. Completed
     *     on the listener thread
     */
    public CompletionStage<ControlResult> pause(SessionId id) {
        return calls.pause(id, OptionalInt.empty());
    }

    /**
     * Pauses one stream, see {@link #pause(SessionId)}.
     *
     * @param stream its number, from 1; {@code NOT_POSSIBLE} when there is none, or none any more
     */
    public CompletionStage<ControlResult> pause(SessionId id, int stream) {
        return calls.pause(id, OptionalInt.of(stream));
    }

    /**
     * Records a session again that was paused, or that was accepted while the application was not ready: the SRC is told by
     * re-INVITE with {@code a=recvonly} (RFC 7866 §7.2), after its ACK. What the SRC itself holds stays held.
     *
     * @return {@code DONE} when the SRC agreed; {@code UNCHANGED} when nothing was paused; {@code REFUSED} with the SRC's
     *     status, or {@code NO_ANSWER}: the SRC sends nothing as yet; asking again tells it again. Completed on the
     *     listener thread
     */
    public CompletionStage<ControlResult> resume(SessionId id) {
        return calls.resume(id, OptionalInt.empty());
    }

    /**
     * Resumes one stream, see {@link #resume(SessionId)}; in a session that is paused as a whole the others stay paused.
     *
     * @param stream its number, from 1; {@code NOT_POSSIBLE} when there is none, or none any more
     */
    public CompletionStage<ControlResult> resume(SessionId id, int stream) {
        return calls.resume(id, OptionalInt.of(stream));
    }

    /**
     * Takes a stream out of its session: a re-INVITE offers its line with port 0 (RFC 3264 §8.2). Once the SRC agreed, its file
     * is final. If the SRC opens the line again by an offer of its own, a new stream with a new file begins.
     *
     * @param stream its number, from 1; {@code NOT_POSSIBLE} when there is none, or none any more
     * @return {@code DONE} when the SRC agreed; {@code REFUSED} with its status, or {@code NO_ANSWER}: the stream goes on.
     *     Completed on the listener thread
     */
    public CompletionStage<ControlResult> dropStream(SessionId id, int stream) {
        return calls.dropStream(id, stream);
    }

    /**
     * Reads the audio of a stream along while it is being recorded, in order, for speech to text or for listening; see
     * {@link io.siprec.rtp.RecordedStream#tap}. A tap that is asked for in {@link SiprecListener#onSessionStarted}, or in
     * {@link SiprecListener#onSessionChanged} for a stream that came later, misses nothing as long as it is asked for within half a
     * second of the first audio. The session's view tells the stream's label and participants.
     *
     * @param stream its number, from 1
     * @param executor calls the sink; the sink hears of the end of the stream once, also when the server is closed
     * @return the tap, on the listener thread, to end it before the stream does. Fails with {@link
     *     java.util.NoSuchElementException} when there is no such session or stream, with {@link IllegalStateException} when
     *     the stream has 8 taps or the server is too busy; the sink hears nothing then
     */
    public CompletionStage<AudioTap> tap(
            SessionId id, int stream, TapSettings settings, Executor executor, AudioSink sink) {
        return calls.tap(id, stream, settings, executor, sink);
    }

    /**
     * Asks the SRC of a session for a complete metadata document (RFC 7866 §9.2), by UPDATE once it has acknowledged our
     * answer. The document comes later, in a request of the SRC, as a change of the session.
     *
     * @return how it went, completed on the listener thread: {@code DONE} when the SRC took the request; {@code NOT_POSSIBLE}
     *     when its Allow lacks UPDATE; {@code REFUSED} with its status, after which the recording goes on as it was;
     *     {@code NO_ANSWER}, which ends the session as a 408 or 481 does (RFC 3261 §12.2.1.2), unless no connection could be
     *     made
     */
    public CompletionStage<ControlResult> requestSnapshot(SessionId id) {
        return calls.requestSnapshot(id);
    }

    /**
     * Reads the files of the TLS settings again: new connections use what is in them now. Any thread but a loop's.
     *
     * @throws TlsException which says in one line what can't be used; the keys before stay in use
     */
    public void reloadTls() {
        endpoint.reloadTls();
    }

    /** Sizes and counters of this moment. */
    public ServerStatistics statistics() {
        return new ServerStatistics(
                sessions.size(),
                endpoint.statistics(),
                media.statistics().streams(),
                media.freePortPairs(),
                media.statistics().packetsReceived(),
                media.statistics().blocksDropped(),
                files.failures(),
                verdicts.statistics(),
                media.packets());
    }

    /**
     * Takes no new calls from now on: they get 503 with Retry-After, and an OPTIONS tells the same (RFC 3261 section 11.2). The
     * sessions that are go on to their end. There is no way back.
     */
    public void drain() {
        availability.drain();
    }

    /** Whether the server drains or is being closed. */
    public boolean draining() {
        return availability.draining();
    }

    /** How each part is. May block for a moment (disk, store): not for a loop. */
    public List<ComponentHealth> health() {
        return new HealthCheck(isRunning(), draining(), media, directory, files, store).components();
    }

    /**
     * Sends BYE to every SRC, finishes all files, then frees all ports and ends all threads. Waits for the sessions no
     * longer than the builder's {@code shutdownTimeout}; a file that is not final by then is still playable.
     */
    @Override
    public synchronized void close() {
        if (state == State.RUNNING) {
            endSessions();
        }
        if (state != State.CLOSED) {
            state = State.CLOSED;
            endpoint.close();
            policy.close();
            watch.close();
            media.close();
            mixes.close();
            files.close();
            store.close();
            events.close();
            repair.close();
        }
    }

    private synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    private void endSessions() {
        drain();
        calls.shutDown(endpoint.loops());
        try {
            if (!sessions.awaitEmpty(settings.shutdownTimeout)) {
                LOG.warn(
                        "{} sessions were not finished within {} s",
                        sessions.size(),
                        settings.shutdownTimeout.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkDirectory() throws StartupException {
        try {
            directory.check();
        } catch (IOException e) {
            throw new StartupException(
                    StartupException.Setting.RECORDING_DIRECTORY,
                    directory.root().toString(),
                    problem(e),
                    e);
        }
    }

    private static String problem(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Describes a server. Not thread-safe. */
    public static final class Builder {
        private final Path recordingDirectory;
        private final List<ListeningPoint> listen = new ArrayList<>();
        private final List<SiprecListener> listeners = new ArrayList<>();
        private SessionStore store = new InMemorySessionStore();
        private String nodeId = "siprec-" + UUID.randomUUID();
        private int rtpPortMin = 10_000;
        private int rtpPortMax = 20_000;
        private InetAddress rtpAddress; // null for all addresses
        private RecordingFormat recordingFormat = RecordingFormat.WAV;
        private Optional<WavMix.Layout> mix = Optional.empty();
        private Duration fsync; // null to leave it to the system
        private Optional<CaptureScope> capture; // null where nothing is said
        private boolean captureDecrypted;
        private int maxSessions = 4_000;
        private boolean strict;
        private NonSiprecInvites nonSiprecInvites = NonSiprecInvites.REJECT;
        private Optional<CallPolicy> callPolicy = Optional.empty();
        private HeaderPatterns attributeHeaders = HeaderPatterns.vendorHeaders();
        private Duration sessionTimeout = SessionRules.defaults().idleTimeout();
        private Duration maxDuration; // null for none
        private Duration rtpTimeout = SessionRules.defaults().rtpTimeout();
        private boolean endOnRtpTimeout = SessionRules.defaults().endOnRtpTimeout();
        private int offeredStreams = 1;
        private boolean srtpKeysOverTlsOnly;
        private boolean secureOnly;
        private SourceRule rtpSource = SourceRule.PREFER_SIGNALLED;
        private RtpKeepalive rtpKeepalive = RtpKeepalive.OFF;
        private boolean maskDtmf;
        private boolean keepNames = true;
        private boolean endOnMetadataErrors;
        private Clock clock = Clock.systemUTC();
        private Duration shutdownTimeout = Duration.ofSeconds(20);
        private Consumer<SipEndpoint.Builder> sipSettings = builder -> {};

        private Builder(Path recordingDirectory) {
            this.recordingDirectory = Objects.requireNonNull(recordingDirectory, "recordingDirectory");
        }

        /**
         * Listens for SIP; may be called several times. Without a call: UDP and TCP on port 5060 of all addresses.
         *
         * @param host a local address, {@code 0.0.0.0} for all
         * @param port 0 to 65535; 0 lets the system choose
         */
        public Builder listen(Transport transport, String host, int port) {
            listen.add(new ListeningPoint(transport, new InetSocketAddress(host, port)));
            return this;
        }

        /**
         * Where RTP is received: pairs of an even port and the odd one above it, two ports a stream.
         *
         * @param min at least 1; default 10,000
         * @param max at least {@code min} + 1, at most 65,535; default 20,000. Both 0: any pairs that the system has
         */
        public Builder rtpPorts(int min, int max) {
            boolean any = min == 0 && max == 0;
            if (!any && (min < 1 || max > 65_535 || max <= min)) {
                throw new IllegalArgumentException(
                        "RTP ports must be a range within 1 to 65535, was " + min + "-" + max);
            }
            rtpPortMin = min;
            rtpPortMax = max;
            return this;
        }

        /** The local address for RTP; default all addresses. */
        public Builder rtpAddress(InetAddress address) {
            rtpAddress = Objects.requireNonNull(address, "address");
            return this;
        }

        /** The format of the audio files; default {@link RecordingFormat#WAV}. */
        public Builder recordingFormat(RecordingFormat format) {
            recordingFormat = Objects.requireNonNull(format, "format");
            return this;
        }

        /**
         * Makes one file of all streams, {@code mix.wav}, when a session has ended: its end is told, and its manifest final, once
         * that is done. Default none.
         */
        public Builder mix(WavMix.Layout layout) {
            mix = Optional.of(layout);
            return this;
        }

        /**
         * Has the system put audio on the disk at most this long after it was written; by default that is left to it. A crash of
         * the process alone costs no more either way.
         *
         * @param period at least 100 ms
         */
        public Builder fsync(Duration period) {
            if (period.toMillis() < 100) {
                throw new IllegalArgumentException("fsync must be at least 100 ms, was " + period);
            }
            fsync = period;
            return this;
        }

        /**
         * Keeps a packet capture of each session, {@code call.pcapng}: the RTP packets of the scope, and the SIP messages of the
         * dialog, with their keys and passwords blanked. Nothing of a paused span is in it. By default what could not be decoded,
         * in sessions that have such packets; with {@link #maskDtmf} none, as the two don't go together. Without names
         * ({@link #keepNames}) SIP messages are left out.
         */
        public Builder capture(CaptureScope scope) {
            capture = Optional.of(scope);
            return this;
        }

        /** Keeps no packets: what could not be decoded is counted and lost. */
        public Builder withoutCapture() {
            capture = Optional.empty();
            return this;
        }

        /** Whether captures have the packets of encrypted lines in clear; default false: as they were received. */
        public Builder captureDecrypted(boolean decrypted) {
            captureDecrypted = decrypted;
            return this;
        }

        private Optional<CaptureRules> captureRules() {
            if (capture == null) {
                capture = maskDtmf ? Optional.empty() : Optional.of(CaptureScope.UNDECODABLE);
            } else if (capture.isPresent() && maskDtmf) {
                throw new IllegalStateException("a capture would hold the keys that maskDtmf keeps out");
            }
            return capture.map(scope -> new CaptureRules(scope, captureDecrypted, keepNames));
        }

        /**
         * The m-lines that we offer when an INVITE comes without an offer (RFC 3261 §13.3.1.4): as many as the SRC answers with
         * a stream, since it can't add any. 1 to 16; default 1, as the built-in bridge of a phone needs.
         */
        public Builder offeredStreams(int lines) {
            if (lines < 1 || lines > 16) {
                throw new IllegalArgumentException("offeredStreams must be 1 to 16, was " + lines);
            }
            offeredStreams = lines;
            return this;
        }

        /**
         * True refuses encrypted lines (RTP/SAVP with a=crypto) that are offered over UDP or TCP: whoever reads the signalling
         * has the keys (RFC 4568 §8.3). Default false: they are recorded, with a finding.
         */
        public Builder srtpKeysOverTlsOnly(boolean value) {
            srtpKeysOverTlsOnly = value;
            return this;
        }

        /**
         * True records calls only that are signalled over TLS (others get 403) and of these only encrypted lines (RTP/SAVP with
         * a=crypto; others are refused, and 488 if none is left), as RFC 7866 §12 wants where the recorded call was secure.
         * Default false.
         */
        public Builder secureOnly(boolean value) {
            secureOnly = value;
            return this;
        }

        /** Whose RTP a line takes; default {@link SourceRule#PREFER_SIGNALLED}. */
        public Builder rtpSource(SourceRule rule) {
            rtpSource = Objects.requireNonNull(rule, "rule");
            return this;
        }

        /** How ports are kept open in a NAT before the recorder; default {@link RtpKeepalive#OFF}. */
        public Builder rtpKeepalive(RtpKeepalive way) {
            rtpKeepalive = Objects.requireNonNull(way, "way");
            return this;
        }

        /** Adds a listener; several are called in this order. */
        public Builder listener(SiprecListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Where sessions are kept; default in memory. The server does not close it. */
        public Builder sessionStore(SessionStore sessionStore) {
            store = Objects.requireNonNull(sessionStore, "sessionStore");
            return this;
        }

        /** The name of this server in manifests and in a shared store; default a random one. */
        public Builder nodeId(String id) {
            nodeId = Objects.requireNonNull(id, "id");
            return this;
        }

        /** Most recording sessions at a time; the next SRC gets 503 (RFC 3261 §21.5.4). At least 1; default 4,000. */
        public Builder maxSessions(int max) {
            if (max < 1) {
                throw new IllegalArgumentException("maxSessions must be at least 1, was " + max);
            }
            maxSessions = max;
            return this;
        }

        /**
         * Whether INVITEs are held to RFC 7866 to the letter: both the option tag {@code siprec} in Require and the feature
         * tag {@code +sip.src} in the Contact (RFC 7866 §6.2), and 415 for a body part of unknown type unless it says {@code
         * handling=optional} (RFC 5621 §8). Default false: any one sign is enough, or metadata, and unknown parts are kept
         * as files.
         */
        public Builder strict(boolean toTheLetter) {
            strict = toTheLetter;
            return this;
        }

        /** What happens to INVITEs that don't ask for a recording session; default {@link NonSiprecInvites#REJECT}. */
        public Builder nonSiprecInvites(NonSiprecInvites what) {
            nonSiprecInvites = Objects.requireNonNull(what, "what");
            return this;
        }

        /** Decides of each INVITE whether it is recorded; default all are. */
        public Builder callPolicy(CallPolicy policy) {
            callPolicy = Optional.of(policy);
            return this;
        }

        /**
         * Header fields that become attributes of the call as they are, beside those whose meaning is known (see
         * {@link io.siprec.core.attributes.CallAttributes}); default all that begin with {@code X-}.
         */
        public Builder attributeHeaders(HeaderPatterns names) {
            attributeHeaders = Objects.requireNonNull(names, "names");
            return this;
        }

        /**
         * After how long a session is ended that has had neither audio nor a request of the SRC; default 1 hour. Where all lines
         * are held, so that nothing was to be expected (RFC 7866 §10), the SRC is asked by OPTIONS whether it still knows the
         * dialog, and the session goes on if it does.
         *
         * @param timeout at least 1 second
         */
        public Builder sessionTimeout(Duration timeout) {
            sessionTimeout = atLeastASecond("sessionTimeout", timeout);
            return this;
        }

        /**
         * After how long a session is ended in any case; default never.
         *
         * @param longest at least 1 second
         */
        public Builder maxDuration(Duration longest) {
            maxDuration = atLeastASecond("maxDuration", longest);
            return this;
        }

        /**
         * After how long without RTP a line that should carry audio is reported, as finding {@code rtp-silence}; default 30
         * seconds. Held lines should not, nor one whose last packet was comfort noise (RFC 3389).
         *
         * @param timeout at least 1 second
         */
        public Builder rtpTimeout(Duration timeout) {
            rtpTimeout = atLeastASecond("rtpTimeout", timeout);
            return this;
        }

        /** Whether a session is ended when none of the lines that should carry audio has any; default false. */
        public Builder endOnRtpTimeout(boolean end) {
            endOnRtpTimeout = end;
            return this;
        }

        private SessionRules rules() {
            return new SessionRules(sessionTimeout, Optional.ofNullable(maxDuration), rtpTimeout, endOnRtpTimeout);
        }

        private static Duration atLeastASecond(String name, Duration time) {
            if (time.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(name + " must be at least 1 s, was " + time);
            }
            return time;
        }

        /**
         * Whether names and addresses of participants are kept (RFC 7865 §10); default true. Without them sessions,
         * events, manifests and the store have participants under ids of ours, no From and To of the SRC and only such
         * attributes as name calls; metadata documents are neither kept as files nor told to listeners. A trace of SIP messages still shows them.
         */
        public Builder keepNames(boolean keep) {
            keepNames = keep;
            return this;
        }

        /**
         * Whether the keys that are pressed on telephones are kept out of recordings, as for card numbers; default false. Of
         * telephone events (RFC 4733) manifests and {@link SiprecListener#onTelephoneEvent} then tell only where they were; in their
         * place, and 40 ms around it, the audio is silent in files, mixes and taps. Tones that are sent as sound alone are not found.
         */
        public Builder maskDtmf(boolean mask) {
            maskDtmf = mask;
            return this;
        }

        /**
         * Whether metadata that can't be read to its end ends its session with BYE, as RFC 7866 §9.2 allows; default
         * false: it becomes a finding, and the recording goes on.
         */
        public Builder endOnMetadataErrors(boolean end) {
            endOnMetadataErrors = end;
            return this;
        }

        /** For the times in manifests and events; default the system's. */
        public Builder clock(Clock wallClock) {
            clock = Objects.requireNonNull(wallClock, "wallClock");
            return this;
        }

        /** How long {@link SiprecServer#close} waits for sessions to end; default 20 s. */
        public Builder shutdownTimeout(Duration timeout) {
            shutdownTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Changes settings of the SIP stack, such as its limits and timers; may be called several times. The consumers run
         * in {@link #build()}, after the recorder's own settings.
         */
        public Builder sip(Consumer<SipEndpoint.Builder> settings) {
            sipSettings = sipSettings.andThen(Objects.requireNonNull(settings, "settings"));
            return this;
        }

        /**
         * The server, not started yet.
         *
         * @throws TlsException when the key material of TLS can't be used
         * @throws IllegalStateException when settings contradict each other
         */
        public SiprecServer build() {
            return new SiprecServer(this);
        }

        private MediaPlane mediaPlane() {
            MediaPlane.Builder builder = MediaPlane.builder().ports(rtpPortMin, rtpPortMax);
            if (rtpAddress != null) {
                builder.bindAddress(rtpAddress);
            }
            if (fsync != null) {
                builder.fsync(fsync);
            }
            return builder.build();
        }

        private SipEndpoint endpoint(RecordingCalls calls, Availability availability, Captures captures) {
            SipEndpoint.Builder builder = SipEndpoint.builder(calls)
                    .productName("siprec")
                    .contactParameters("+sip.srs")
                    .overload(availability)
                    .supportedOptions(Set.of("siprec", "timer"));
            if (listen.isEmpty()) {
                listen(Transport.UDP, "0.0.0.0", 5060).listen(Transport.TCP, "0.0.0.0", 5060);
            }
            listen.forEach(point -> builder.listen(point.transport(), point.address()));
            if (captures.wantsMessages()) {
                builder.trace(captures);
            }
            sipSettings.accept(builder);
            return builder.build();
        }
    }
}
