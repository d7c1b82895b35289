package io.siprec.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siprec.server.ComponentHealth;
import io.siprec.server.ComponentHealth.State;
import io.siprec.server.ServerStatistics;
import io.siprec.server.SiprecServer;
import io.siprec.sip.SipStatistics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /healthz}: how each part is, and the sizes of the tables; 503 when a part is down. {@code GET /readyz}:
 * whether a new call could be recorded; not while the server drains.
 */
final class HealthEndpoint implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;
    private static final Set<String> NEEDED = Set.of("sip", "store", "rtp", "disk");

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final HttpServer http;
    private final ThreadPoolExecutor workers;
    private final SiprecServer server;

    private HealthEndpoint(HttpServer http, SiprecServer server) {
        this.http = http;
        this.server = server;
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "siprec-http");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Listens from now on. */
    static HealthEndpoint start(Settings settings, SiprecServer server) throws SettingsException {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(settings.sipHost(), settings.httpPort()), 0);
            HealthEndpoint endpoint = new HealthEndpoint(http, server);
            http.setExecutor(endpoint.workers);
            http.createContext("/healthz", exchange -> endpoint.answer(exchange, "/healthz"));
            http.createContext("/readyz", exchange -> endpoint.answer(exchange, "/readyz"));
            http.start();
            return endpoint;
        } catch (IOException e) {
            throw new SettingsException("HTTP_PORT=" + settings.httpPort() + ": can't listen on " + settings.sipHost()
                    + ": " + e.getMessage() + "; stop what uses it or set HTTP_PORT to a free port");
        }
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, path.equals("/healthz"));
            }
        }
    }

    private void send(HttpExchange exchange, boolean withDetails) throws IOException {
        List<ComponentHealth> components = server.health();
        boolean down = components.stream().anyMatch(part -> NEEDED.contains(part.name()) && part.state() == State.DOWN);
        ObjectNode root = json.createObjectNode();
        root.put("status", status(components));
        components.forEach(part -> describe(root.withObject("/components/" + part.name()), part));
        if (withDetails) {
            root.put("version", Version.text());
            count(root.putObject("counts"), server.statistics());
        }
        byte[] body = json.writeValueAsBytes(root);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean unready = down || !withDetails && server.draining();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(unready ? 503 : 200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String status(List<ComponentHealth> components) {
        return components.stream()
                .map(ComponentHealth::state)
                .max(State::compareTo)
                .orElse(State.UP)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static void describe(ObjectNode node, ComponentHealth part) {
        node.put("status", part.state().name().toLowerCase(Locale.ROOT));
        if (!part.detail().isEmpty()) {
            node.put("detail", part.detail());
        }
    }

    private static void count(ObjectNode node, ServerStatistics counts) {
        node.put("sessions", counts.sessions());
        ObjectNode sip = node.putObject("sip");
        ObjectNode dropped = sip.putObject("dropped");
        for (SipStatistics.Value value : counts.sip().values()) {
            (value.kind() == SipStatistics.Kind.DROPPED ? dropped : sip).put(value.name(), value.value());
        }
        node.put("dialogs", counts.sip().dialogs());
        node.put("serverTransactions", counts.sip().serverTransactions());
        node.put("clientTransactions", counts.sip().clientTransactions());
        node.put("connections", counts.sip().connections());
        node.put("streams", counts.streams());
        node.put("freeRtpPortPairs", counts.freeRtpPortPairs());
        node.put("rtpPackets", counts.rtpPackets());
        node.put("droppedAudioBlocks", counts.droppedAudioBlocks());
        node.put("fileFailures", counts.fileFailures());
    }
}
