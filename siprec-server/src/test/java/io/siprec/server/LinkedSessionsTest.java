package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.core.session.SessionLink.Kind;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcDialect;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of one call find each other, whichever loops they live on. */
@WithOneAndFourLoops
class LinkedSessionsTest {
    private static final String DOCUMENT = """
            <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>complete</datamode>
              <group group_id="GROUP"/>
              <session session_id="CS"><group-ref>GROUP</group-ref></session>
            </recording>""";

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void C010_C074_copiesOfOneCommunicationSessionAreLinkedBothWays(Transport transport) throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall one =
                    call(src, server, transport, DOCUMENT.replace("CS", "cs-1").replace("GROUP", "g-1"));
            SrcCall stranger =
                    call(src, server, transport, DOCUMENT.replace("CS", "cs-9").replace("GROUP", "g-9"));
            SrcCall two =
                    call(src, server, transport, DOCUMENT.replace("CS", "cs-1").replace("GROUP", "g-2"));
            RecordingSession second =
                    server.await(two.callId(), it -> assertThat(it.links()).hasSize(1));
            RecordingSession first = linked(server, second.links().get(0));

            assertThat(first.callId()).isEqualTo(one.callId());
            assertThat(first.links()).containsExactly(new SessionLink(Kind.COMMUNICATION_SESSION, "cs-1", second.id()));
            assertThat(server.server().sessions())
                    .filteredOn(it -> it.callId().equals(stranger.callId()))
                    .allMatch(it -> it.links().isEmpty());
            one.hangUp();
            JsonNode links = server.awaitRecording().manifest().get("links");
            assertThat(links).hasSize(1);
            assertThat(links.get(0).get("kind").asText()).isEqualTo("communication-session");
            assertThat(links.get(0).get("sessionId").asText())
                    .isEqualTo(second.id().value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "UDP")
    void C109_theSecondHalfOfATransferredCallFindsTheFirst(Transport transport) throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            call(src, server, transport, DOCUMENT.replace("CS", "cs-1").replace("GROUP", "g-1"))
                    .hangUp();
            RecordingSession first = server.await("ended");
            SrcCall two =
                    call(src, server, transport, DOCUMENT.replace("CS", "cs-2").replace("GROUP", "g-1"));

            RecordingSession second =
                    server.await(two.callId(), it -> assertThat(it.links()).isNotEmpty());
            assertThat(second.links()).containsExactly(new SessionLink(Kind.GROUP, "g-1", first.id()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "UDP")
    void theCallsOfABuiltInBridgeAreLinkedByTheirReference(Transport transport) throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall near = src.call(bridge(server, transport, "<sip:5001@127.0.0.1;x-nearend;x-refci=27298698>"));
            server.await("started");
            SrcCall far = src.call(bridge(server, transport, "<sip:5001@127.0.0.1;x-farend;x-refci=27298698>"));
            RecordingSession second =
                    server.await(far.callId(), it -> assertThat(it.links()).isNotEmpty());
            RecordingSession first = linked(server, second.links().get(0));

            assertThat(first.callId()).isEqualTo(near.callId());
            assertThat(first.links()).containsExactly(new SessionLink(Kind.CALL_REFERENCE, "27298698", second.id()));
        }
    }

    private static SrcCallSettings bridge(TestServer server, Transport transport, String from) {
        return SrcCallSettings.builder(server.uri(transport))
                .transport(transport)
                .dialect(SrcDialect.rfc7866().from(from).withoutMetadata())
                .untilHungUp()
                .build();
    }

    /** A call whose metadata is this document alone. */
    private static SrcCall call(SyntheticSrc src, TestServer server, Transport transport, String document)
            throws Exception {
        SrcCall call = src.call(SrcCallSettings.builder(server.uri(transport))
                .transport(transport)
                .dialect(SrcDialect.rfc7866().withoutMetadata())
                .untilHungUp()
                .build());
        call.played(SrcCallSettings.PACKET_TIME).get(10, TimeUnit.SECONDS);
        assertThat(call.update(SrcRequest.describing(document))
                        .get(10, TimeUnit.SECONDS)
                        .status())
                .isEqualTo(200);
        return call;
    }

    /** The session that a link names, once it knows of its link. */
    private static RecordingSession linked(TestServer server, SessionLink link) throws InterruptedException {
        RecordingSession other = server.server().session(link.session()).orElseThrow();
        return other.links().isEmpty()
                ? server.await(other.callId(), it -> assertThat(it.links()).isNotEmpty())
                : other;
    }
}
