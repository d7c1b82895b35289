package io.siprec.server;

import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A server on loopback with ports of the system's choice, and its events. */
final class TestServer implements AutoCloseable {
    /** A slow machine is no overload here. */
    private static final SipLimits PATIENT =
            SipLimits.builder().maxLoopDelay(Duration.ofSeconds(20)).build();

    private final Path recordings;
    private final SiprecServer server;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    /** What the listener heard. */
    record Event(String kind, RecordingSession session) {}

    private TestServer(Path recordings, UnaryOperator<SiprecServer.Builder> more) throws StartupException, IOException {
        this.recordings = recordings;
        SiprecServer.Builder builder = SiprecServer.builder(recordings)
                .listen(Transport.UDP, "127.0.0.1", 0)
                .listen(Transport.TCP, "127.0.0.1", 0)
                .rtpAddress(InetAddress.getByName("127.0.0.1"))
                .rtpPorts(0, 0)
                .sip(sip -> sip.limits(PATIENT))
                .listener(new SiprecListener() {
                    @Override
                    public void onSessionStarted(RecordingSession session) {
                        hear("started", session);
                    }

                    @Override
                    public void onSessionChanged(RecordingSession session) {
                        hear("changed", session);
                    }

                    @Override
                    public void onSessionEnded(RecordingSession session) {
                        hear("ended", session);
                    }
                });
        server = more.apply(builder).build();
        server.start();
    }

    static TestServer start(Path recordings, int loops) throws StartupException, IOException {
        return start(recordings, loops, builder -> builder);
    }

    static TestServer start(Path recordings, int loops, UnaryOperator<SiprecServer.Builder> more)
            throws StartupException, IOException {
        return new TestServer(recordings, builder -> more.apply(builder.sip(sip -> sip.loops(loops))));
    }

    SiprecServer server() {
        return server;
    }

    InetSocketAddress address(Transport transport) {
        return server.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .map(ListeningPoint::address)
                .findFirst()
                .orElseThrow();
    }

    String uri(Transport transport) {
        return "sip:127.0.0.1:" + address(transport).getPort();
    }

    RawSipClient client(Transport transport) throws IOException {
        return new RawSipClient(transport, address(transport));
    }

    /** The next event of this kind; earlier ones of other kinds are passed over. */
    RecordingSession await(String kind) throws InterruptedException {
        for (Event event = next(); ; event = next()) {
            if (event.kind().equals(kind)) {
                return event.session();
            }
        }
    }

    /** The next state of this call's session that the check has nothing against; states before it are passed over. */
    RecordingSession await(String callId, Consumer<RecordingSession> check) throws InterruptedException {
        AssertionError complaint = new AssertionError("nothing was heard of call " + callId);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (long leftNs = 1; leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
            Event event = events.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event != null && event.session().callId().equals(callId)) {
                try {
                    check.accept(event.session());
                    return event.session();
                } catch (AssertionError e) {
                    complaint = e;
                }
            }
        }
        throw complaint;
    }

    /** The files of the next session that ends. */
    RecordedCall awaitRecording() throws InterruptedException, IOException {
        return recorded(await("ended"));
    }

    /** The files of a session that has ended. */
    RecordedCall recorded(RecordingSession ended) throws IOException {
        return RecordedCall.of(recordings, ended);
    }

    /** Waits until so many RTP packets were read in all: what comes next is of a later sweep. */
    void awaitRtp(long packets) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.statistics().rtpPackets() < packets) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + server.statistics().rtpPackets() + " RTP packets came");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** How many events of this kind there have been, awaited or not. */
    long heard(String kind) {
        return heard.stream().filter(kind::equals).count();
    }

    private void hear(String kind, RecordingSession session) {
        heard.add(kind);
        events.add(new Event(kind, session));
    }

    /** What was heard and not awaited is of no interest. */
    void forgetEvents() {
        events.clear();
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came; sessions: " + server.sessions());
        }
        return event;
    }

    @Override
    public void close() {
        server.close();
    }
}
