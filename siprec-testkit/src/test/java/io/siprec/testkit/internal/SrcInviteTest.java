package io.siprec.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.mime.BodyPart;
import io.siprec.core.mime.MimeBody;
import io.siprec.core.mime.MimeLimits;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.ParsedSdp;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcParticipant;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrcInviteTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00.123456Z");

    @Test
    void bodyHoldsTheOfferAndTheMetadata() throws Exception {
        List<BodyPart> parts = parts(settings().build(), "127.0.0.1");
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).type().is("application/sdp")).isTrue();
        assertThat(parts.get(1).type().is("application/rs-metadata+xml")).isTrue();
        assertThat(parts.get(1).disposition()).hasValue("recording-session");
    }

    @ParameterizedTest(name = "{0} stream(s) from {1}")
    @CsvSource({"1, 127.0.0.1, IP4", "2, 192.0.2.1, IP4", "8, ::1, IP6"})
    void offerHasOneLabelledSendonlyLineForEachStream(int streams, String address, String family) throws Exception {
        ParsedSdp sdp = SdpParser.parse(
                parts(settings().streams(streams).build(), address).get(0).content(), SdpLimits.defaults());
        assertThat(sdp.findings()).isEmpty();
        assertThat(sdp.description().connection().orElseThrow().addressType()).isEqualTo(family);
        assertThat(sdp.description().media()).hasSize(streams);
        for (int i = 0; i < streams; i++) {
            MediaDescription line = sdp.description().media().get(i);
            assertThat(line.port()).isEqualTo(40_000 + i);
            assertThat(line.protocol()).isEqualTo("RTP/AVP");
            assertThat(line.formats()).containsExactly("0");
            assertThat(line.label()).hasValue(String.valueOf(i + 1));
            assertThat(line.direction()).hasValue(Direction.SENDONLY);
        }
    }

    @ParameterizedTest(name = "{0} streams of {1} parties: {2}")
    @CsvSource({
        "2, 2, Alice>1 Bob>2",
        "1, 2, Alice>1",
        "3, 2, Alice>1 Bob>2 Alice>3",
        "3, 3, Alice>1 Bob>2 Carol>3",
    })
    void metadataSaysWhoSendsWhat(int streams, int parties, String senders) throws Exception {
        SrcParticipant[] all = {
            new SrcParticipant("sip:alice@a.example", "Alice"),
            new SrcParticipant("sip:bob@b.example", "Bob"),
            new SrcParticipant("tel:+15550100", "Carol"),
        };
        SrcParticipant[] some =
                IntStream.range(0, parties).mapToObj(i -> all[i]).toArray(SrcParticipant[]::new);
        RecordingMetadata metadata =
                metadata(settings().streams(streams).participants(some).build());
        StringBuilder found = new StringBuilder();
        for (MediaStream stream : metadata.streams()) {
            String label = stream.label().orElseThrow();
            for (Participant sender : metadata.participants()) {
                boolean sends = metadata.participantStreams().stream()
                        .anyMatch(one -> one.participantId().equals(sender.id())
                                && one.send().contains(stream.id()));
                String name = sender.nameIds().get(0).name();
                if (sends) found.append(name).append('>').append(label).append(' ');
            }
        }
        assertThat(found.toString().trim()).isEqualTo(senders);
        assertThat(metadata.participants()).hasSize(parties);
        assertThat(metadata.participantSessions()).hasSize(parties);
        assertThat(metadata.sessionRecordings()).hasSize(1);
        assertThat(metadata.sessions().get(0).groupRef())
                .hasValue(metadata.groups().get(0).id());
        assertThat(metadata.sessions().get(0).startTime()).hasValue(Instant.parse("2026-11-23T10:00:00.123Z"));
    }

    @Test
    void metadataFollowsTheSchemaOfTheRfc() throws Exception {
        Path schema = Path.of(System.getProperty("siprec.corpus", ""))
                .resolve("metadata/schema/rfc7865-recording-1-offline.xsd");
        Assumptions.assumeTrue(Files.exists(schema), "no corpus");
        byte[] document =
                parts(settings().streams(3).build(), "127.0.0.1").get(1).content();
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schema.toFile())
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(document))); // throws where it doesn't fit
    }

    @Test
    void idsAreUuidsThatFollowFromTheSeed() throws Exception {
        RecordingMetadata one = metadata(settings().seed(5).build());
        assertThat(metadata(settings().seed(5).build())).isEqualTo(one);
        String id = one.sessions().get(0).id();
        assertThat(metadata(settings().seed(6).build()).sessions().get(0).id()).isNotEqualTo(id);
        byte[] octets = Base64.getDecoder().decode(id);
        assertThat(octets).as("C072: 128 bits").hasSize(16);
        assertThat(octets[6] >> 4).as("version").isEqualTo(4);
        assertThat(octets[8] & 0xC0).as("variant").isEqualTo(0x80);
    }

    @Test
    void namesAreEscaped() throws Exception {
        SrcParticipant party = new SrcParticipant("sip:a&b@c.example;x=\"<y>\"", "<A & \"B\"> Ü");
        Participant read =
                metadata(settings().participants(party).build()).participants().get(0);
        assertThat(read.nameIds().get(0).aor()).isEqualTo(party.aor());
        assertThat(read.nameIds().get(0).name()).isEqualTo(party.name());
    }

    @Test
    void givenMetadataGoesOutAsItIsEvenWithTheBoundaryInIt() throws Exception {
        byte[] document = "<odd>\r\n--siprec-part\r\n--siprec-part-0--\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(parts(settings().metadata(document).build(), "127.0.0.1")
                        .get(1)
                        .content())
                .isEqualTo(document);
    }

    private static SrcCallSettings.Builder settings() {
        return SrcCallSettings.builder("sip:127.0.0.1:5060");
    }

    private static RecordingMetadata metadata(SrcCallSettings settings) throws Exception {
        MetadataUpdate update = MetadataParser.parse(
                parts(settings, "127.0.0.1").get(1).content(), Optional.empty(), MetadataLimits.defaults());
        assertThat(update.findings()).isEmpty();
        return update.metadata().orElseThrow();
    }

    private static List<BodyPart> parts(SrcCallSettings settings, String address) throws Exception {
        byte[] offer = new SrcOffer(1, address(address))
                .sdpFrom(
                        settings.media(),
                        IntStream.range(0, settings.streams().size())
                                .mapToObj(i -> 40_000 + i)
                                .toList());
        ClientInvite invite = new SrcInvite(settings, address(address), START).toClientInvite(Transport.UDP, offer);
        MimeBody body =
                MimeBody.parse(invite.body().contentType(), invite.body().content(), MimeLimits.defaults());
        assertThat(body.findings()).isEmpty();
        return body.parts();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
