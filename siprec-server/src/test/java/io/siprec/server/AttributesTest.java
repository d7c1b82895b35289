package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcDialect;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an SRC tells of the call beside RFC 7865, from the wire to the manifest. */
class AttributesTest {
    private static final String EXTENDED = """
            <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>complete</datamode>
              <extensiondata><ac:AvayaUCID xmlns:ac="http://AudioCodes">FA080001000259B5D7F8</ac:AvayaUCID></extensiondata>
            </recording>""";

    @TempDir
    Path recordings;

    @Test
    void attributesComeFromHeadersAndExtensionDataOfEveryRequest() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .dialect(SrcDialect.rfc7866().from("<sip:5001@127.0.0.1;x-nearend;x-refci=27298698>"))
                    .untilHungUp()
                    .build());
            call.played(SrcCallSettings.PACKET_TIME).get(10, TimeUnit.SECONDS);
            call.update(SrcRequest.describing(EXTENDED).header("X-Tenant", "blue"))
                    .get(10, TimeUnit.SECONDS);
            call.hangUp();
            RecordingSession session = server.await("ended");

            assertThat(session.attributes())
                    .extracting(CallAttribute::name, CallAttribute::value, CallAttribute::source)
                    .containsExactly(
                            tuple("x-nearend", "true", "header From"),
                            tuple("x-refci", "27298698", "header From"),
                            tuple("header.x-tenant", "blue", "header X-Tenant"),
                            tuple("ucid", "00001000021505089528", "metadata AvayaUCID"));
            assertThat(session.metadata().orElseThrow().extensions())
                    .as("extension data, as a tree")
                    .anyMatch(one -> one.child("AvayaUCID")
                            .filter(child -> child.namespace().equals("http://AudioCodes"))
                            .isPresent());
            JsonNode manifest = server.recorded(session).manifest();
            assertThat(manifest.get("attributes")).hasSize(4);
            assertThat(manifest.get("attributes").get(3).get("value").asText()).isEqualTo("00001000021505089528");
        }
    }
}
