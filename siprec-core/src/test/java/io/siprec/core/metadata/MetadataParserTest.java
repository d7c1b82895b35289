package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.Finding;
import io.siprec.core.Mutations;
import io.siprec.core.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataParserTest {
    static final String BASE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <recording xmlns="urn:ietf:params:xml:ns:recording:1">
              <datamode>complete</datamode>
              <group group_id="G="><associate-time>2026-01-01T10:00:00Z</associate-time></group>
              <session session_id="S=">
                <sipSessionID>ab30;
                  remote=47755a</sipSessionID>
                <reason cause="16" protocol="Q.850">Normal call clearing</reason><reason cause="200"/>
                <group-ref>
                  G=</group-ref>
                <start-time>2026-01-01T10:00:00Z</start-time>
                <stop-time>2026-01-01T10:05:00.250+01:00</stop-time>
              </session>
              <participant participant_id="A=">
                <nameID aor="sip:alice@example.com"><name xml:lang="en">Alice é</name></nameID>
                <nameID aor="tel:+12025550101"/>
              </participant>
              <participant participant_id="B="><nameID aor="192.0.2.7"/></participant>
              <stream stream_id="1=" session_id="S="><label>1</label></stream>
              <stream stream_id="2="/>
              <sessionrecordingassoc session_id="S=">
                <associate-time>2026-01-01T10:00:00Z</associate-time>
              </sessionrecordingassoc>
              <participantsessionassoc participant_id="A=" session_id="S=">
                <associate-time>2026-01-01T10:00:00Z</associate-time>
                <disassociate-time>2026-01-01T10:00:01Z</disassociate-time>
                <param pname="+sip.rendering" pval="no"/>
              </participantsessionassoc>
              <participantstreamassoc participant_id="A="><send>1=</send><recv>2=</recv></participantstreamassoc>
              <participantstreamassoc participant_id="B="/>
            </recording>
            """;

    static MetadataUpdate parse(String document) {
        return MetadataParser.parse(document.getBytes(UTF_8), Optional.empty(), MetadataLimits.defaults());
    }

    static RecordingMetadata read(String document) {
        return parse(document).metadata().orElseThrow();
    }

    static List<String> codes(MetadataUpdate update) {
        return update.findings().stream().map(Finding::code).toList();
    }

    private static String recording(String content) {
        return "<recording xmlns='urn:ietf:params:xml:ns:recording:1'>" + content + "</recording>";
    }

    @Test
    void C052_C054_C059_C060_C061_C062_C063_C064_C068_readsTheWholeModel() {
        MetadataUpdate update = parse(BASE);
        Optional<Instant> ten = Optional.of(Instant.parse("2026-01-01T10:00:00Z"));
        RecordingMetadata metadata = update.metadata().orElseThrow();
        assertThat(update.findings()).isEmpty();
        assertThat(metadata.dataMode()).isEqualTo(DataMode.COMPLETE);
        assertThat(metadata.groups()).containsExactly(new CsGroup("G=", ten, Optional.empty(), List.of()));
        assertThat(metadata.sessions())
                .containsExactly(new CommunicationSession(
                        "S=",
                        List.of("ab30;remote=47755a"),
                        List.of(
                                new CommunicationSession.Reason("Q.850", OptionalInt.of(16), "Normal call clearing"),
                                new CommunicationSession.Reason("SIP", OptionalInt.of(200), "")),
                        Optional.of("G="),
                        ten,
                        Optional.of(Instant.parse("2026-01-01T09:05:00.250Z")),
                        List.of()));
        assertThat(metadata.participants())
                .containsExactly(
                        new Participant(
                                "A=",
                                List.of(
                                        new NameId("sip:alice@example.com", "Alice \u00e9", "en"),
                                        new NameId("tel:+12025550101", "", "")),
                                List.of()),
                        new Participant("B=", List.of(new NameId("192.0.2.7", "", "")), List.of()));
        assertThat(metadata.streams())
                .containsExactly(
                        new MediaStream("1=", Optional.of("S="), Optional.of("1"), List.of()),
                        new MediaStream("2=", Optional.empty(), Optional.empty(), List.of()));
        assertThat(metadata.sessionRecordings())
                .containsExactly(new SessionRecordingAssociation("S=", ten, Optional.empty(), List.of()));
        assertThat(metadata.participantSessions())
                .containsExactly(new ParticipantSessionAssociation(
                        "A=",
                        "S=",
                        ten,
                        Optional.of(Instant.parse("2026-01-01T10:00:01Z")),
                        List.of(new ParticipantSessionAssociation.Param("+sip.rendering", "no")),
                        List.of()));
        assertThat(metadata.participantStreams()).hasSize(2);
        assertThat(metadata.participantStreams().get(0).send()).containsExactly("1=");
        assertThat(metadata.participantStreams().get(0).receive()).containsExactly("2=");
        assertThat(metadata.participantStreams().get(1).send()).isEmpty();
        assertThat(metadata.stream("2")).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            <datamode>complete</datamode> | COMPLETE | C054
            ''                            | COMPLETE | C054 absent
            <datamode> partial </datamode> | PARTIAL | C054
            <dataMode>partial</dataMode>  | PARTIAL  | C055 the other spelling
            <datamode>delta</datamode>    | COMPLETE | C055 unknown is never partial
            """)
    void C054_C055_readsTheDataMode(String element, DataMode mode, String why) {
        assertThat(read(recording(element)).dataMode()).as(why).isEqualTo(mode);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            urn:ietf:params:xml:ns:recording:1 | ''                        | C052
            urn:ietf:params:xml:ns:recording   | metadata-draft-namespace  | C056
            urn:ietf:params:xml:ns:siprec      | metadata-draft-namespace  | C056
            ''                                 | metadata-draft-namespace  | C056
            urn:ietf:params:xml:ns:recording:2 | metadata-unknown-namespace | another version
            http://example.com/                | metadata-unknown-namespace | another namespace
            """)
    void C052_C056_readsTheNamespacesOfTheField(String namespace, String code, String why) {
        MetadataUpdate update = parse(BASE.replace("urn:ietf:params:xml:ns:recording:1", namespace));
        assertThat(update.metadata().orElseThrow()).as(why).isEqualTo(read(BASE));
        assertThat(codes(update)).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    }

    @Test
    void C057_prefixesAndOrderDoNotMatter() {
        String prefixed = BASE.replaceAll("<(/?)([a-zA-Z])", "<$1r:$2")
                .replace("<r:?xml", "<?xml")
                .replace("xmlns=", "xmlns:r=");
        assertThat(read(prefixed)).isEqualTo(read(BASE));
        assertThat(read(recording("<stream stream_id='1'><label>1</label></stream><session session_id='s'/>"
                                + "<stream stream_id='2'/><datamode>partial</datamode>"))
                        .streams())
                .hasSize(2);
    }

    @Test
    void C058_keepsForeignElementsAndAttributesWhereTheyStand() {
        RecordingMetadata metadata = read(recording("<session session_id='s' x:own='1' xmlns:x='urn:x'>"
                + "<x:participant x:a='2' b='3'>te<x:in/>xt</x:participant></session>"
                + "<stream stream_id='1'><mode>mixed</mode></stream><x:stream xmlns:x='urn:x' id='9'/>"));
        List<Extension> ofSession = metadata.sessions().get(0).extensions();
        assertThat(ofSession).hasSize(2);
        assertThat(ofSession.get(0)).isEqualTo(Extension.ofAttribute("urn:x", "own", "1"));
        assertThat(ofSession.get(1).attributes()).containsEntry("{urn:x}a", "2").containsEntry("b", "3");
        assertThat(ofSession.get(1).text()).isEqualTo("text");
        assertThat(ofSession.get(1).child("in")).isPresent();
        assertThat(metadata.streams()).hasSize(1);
        assertThat(metadata.streams().get(0).extensions())
                .extracting(Extension::name)
                .containsExactly("mode");
        assertThat(metadata.extensions()).extracting(Extension::name).containsExactly("stream");
    }

    @Test
    void C056_readsTheDraftWithAttributesAndSendInsideTheParticipant() {
        RecordingMetadata metadata = read("""
                <recording xmlns='urn:ietf:params:xml:ns:recording'>
                  <session id="S="><associate-time>2019-03-09T16:50:20Z</associate-time></session>
                  <participant id="A=" session="S="><nameID aor="sip:9000@192.0.2.24"><name>9000</name></nameID>
                    <send>1=</send><recv>2=</recv><associate-time>2019-03-09T16:50:20Z</associate-time></participant>
                  <stream id="1=" session="S="><label>16777227</label></stream>
                </recording>""");
        assertThat(metadata.participantStreams().get(0).send()).containsExactly("1=");
        assertThat(metadata.participantSessions()).hasSize(1);
        assertThat(metadata.participantSessions().get(0).associateTime()).isPresent();
        assertThat(metadata.sessionRecordings()).hasSize(1);
        assertThat(metadata.streams().get(0).sessionId()).contains("S=");
    }

    @Test
    void C056_readsTheDraftWithWrappedIds() {
        MetadataUpdate update = parse("""
                <recording_metadata xmlns="urn:ietf:params:xml:ns:siprec"><dataMode>complete</dataMode>
                  <recording id="r"><requestor>SRC</requestor></recording>
                  <session id="s" group="g"/><group id="g"><initiator>sip:1</initiator></group>
                  <participant id="a" session="s"><aor>sip:1@x</aor><send><id>1</id></send></participant>
                  <participant id="b" session="s"><aor>sip:2@x</aor><send><id>gone</id></send></participant>
                  <stream id="1" session="s"><label>5</label><mode>mixed</mode></stream>
                  <extensiondata parent="s"><y xmlns="urn:y"/></extensiondata>
                </recording_metadata>""");
        RecordingMetadata metadata = update.metadata().orElseThrow();
        assertThat(metadata.sessions().get(0).groupRef()).contains("g");
        assertThat(metadata.participants().get(1).nameIds()).containsExactly(new NameId("sip:2@x", "", ""));
        assertThat(metadata.participantStreams())
                .extracting(ParticipantStreamAssociation::send)
                .containsExactly(List.of("1"), List.of("gone"));
        assertThat(metadata.streams().get(0).isMixed()).isTrue();
        assertThat(metadata.extensions()).extracting(Extension::name).containsExactly("recording", "extensiondata");
        assertThat(codes(update)).contains("metadata-unknown-reference");
    }

    @Test
    void explicitAssociationsWinOverImpliedOnes() {
        RecordingMetadata metadata = read(recording("<participant participant_id='a' session_id='s'><nameID aor='x'/>"
                + "</participant><participantsessionassoc participant_id='a' session_id='s'>"
                + "<associate-time>2026-08-07T09:15:41Z</associate-time></participantsessionassoc>"));
        assertThat(metadata.participantSessions()).hasSize(1);
        assertThat(metadata.participantSessions().get(0).associateTime()).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sip:alice@example.com;user=phone",
                "sips:alice@example.com",
                "tel:+1-202-555-0101;ext=7",
                "pbx.example.com",
                "192.0.2.7",
                "2001:db8::7",
                "2025550101@192.0.2.24",
                "2025550103"
            })
    void C062_keepsAddressesOfRecordAsTheyAre(String aor) {
        MetadataUpdate update =
                parse(recording("<participant participant_id='a'><nameID aor='" + aor + "'/></participant>"));
        assertThat(update.metadata().orElseThrow().participants().get(0).nameIds())
                .containsExactly(new NameId(aor, "", ""));
        assertThat(update.findings()).isEmpty();
    }

    @Test
    void C072_idsAreOpaqueAndComparedExactly() {
        String[] ids = {
            "AAAAAAAAQACAAAAAAAAAAg==",
            "aaaaAAAAQACAAAAAAAAAAg==",
            "+12025550101",
            "9a2de728ba0bc348db1e",
            "urn:uuid:b05ab0c2-f62e-42e0-89fb-1bc1112c32b7",
            "00000000-1c3c-00b6-d16f-0000000004e4",
            "../p/1",
            "é"
        };
        StringBuilder content = new StringBuilder();
        for (String id : ids) {
            content.append("<participant participant_id='" + id + "'><nameID aor='sip:a'/></participant>");
        }
        MetadataUpdate update = parse(recording(content.toString()));
        assertThat(update.metadata().orElseThrow().participants())
                .extracting(Participant::id)
                .containsExactly(ids);
        assertThat(update.findings()).isEmpty();
    }

    @Test
    void C077_markupInANameIsText() {
        String name = "<script>alert(1)</script> \u202Eevil\u202C \uD83D\uDE00";
        RecordingMetadata metadata = read(recording("<participant participant_id='a'><nameID aor='sip:a'><name>"
                + name.replace("<", "&lt;") + "</name></nameID></participant>"));
        assertThat(metadata.participants().get(0).nameIds().get(0).name()).isEqualTo(name);
    }

    @Test
    void C066_findsALabelInTheAttributeOfOneClient() {
        RecordingMetadata metadata =
                read(recording("<stream stream_id='x' media_label='1'><label>Caller</label></stream>"));
        assertThat(metadata.stream("1").orElseThrow().id()).isEqualTo("x");
        assertThat(metadata.stream("Caller").orElseThrow().id()).isEqualTo("x");
    }

    @Test
    void C073_firstDefinitionOfAnIdStays() {
        MetadataUpdate update = parse(recording("<participant participant_id='x'><nameID aor='sip:1'/></participant>"
                + "<participant participant_id='x'><nameID aor='sip:2'/></participant><stream stream_id='x'/>"));
        RecordingMetadata metadata = update.metadata().orElseThrow();
        assertThat(metadata.participants()).hasSize(1);
        assertThat(metadata.participants().get(0).nameIds().get(0).aor()).isEqualTo("sip:1");
        assertThat(metadata.streams()).isEmpty();
        assertThat(codes(update)).containsExactly("metadata-duplicate-id", "metadata-duplicate-id");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            <session session_id="s"><group-ref>a</group-ref><group-ref>b</group-ref></session> | metadata-two-groups | C059
            <stream stream_id=""/>                           | metadata-missing-id        | an empty id
            <stream/>                                        | metadata-missing-id        | no id
            <participant participant_id="a"/>                | metadata-no-name           | C061
            <session session_id="s"><reason cause="x"/></session> | metadata-reason-cause | C060
            <session session_id="s"><start-time>x</start-time></session> | metadata-time-unreadable | C070
            <participantstreamassoc participant_id="gone"/>  | metadata-unknown-reference | C074
            <name>&nbsp;</name>                              | metadata-entity            | C076 an entity that is not there
            <dataMode>complete</dataMode>                    | metadata-datamode-spelling | C055
            """)
    void C055_C059_C060_C061_C070_C074_C076_reportsWhatIsOdd(String content, String code, String why) {
        MetadataUpdate update = parse(recording(content));
        assertThat(update.metadata()).as(why).isPresent();
        assertThat(codes(update)).contains(code);
    }

    @Test
    void partialDocumentMayReferToWhatCameBefore() {
        assertThat(parse(recording("<datamode>partial</datamode><participantstreamassoc participant_id='a'/>"))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            UTF-8      | -          | C053
            UTF-16     | -          | C053 byte order mark
            UTF-16BE   | -          | C053 by its first octets
            ISO-8859-1 | ISO-8859-1 | the part's charset wins over the declaration
            UTF-8      | "utf-8"    | C028
            UTF-8      | x-nonsense | an unknown charset
            """)
    void C028_C053_readsEncodings(String encoding, String charset, String why) {
        String name = charset == null ? null : charset.replace("\"", "");
        byte[] document = BASE.replace("UTF-8", encoding.startsWith("UTF-16") ? encoding : "UTF-8")
                .getBytes(Charset.forName(encoding));
        MetadataUpdate update = MetadataParser.parse(document, Optional.ofNullable(name), MetadataLimits.defaults());
        assertThat(update.metadata().orElseThrow()).as(why).isEqualTo(read(BASE));
    }

    @Test
    void C053_readsByTheDeclarationWhereThereIsNoCharset() {
        byte[] latin1 = BASE.replace("UTF-8", "ISO-8859-1").getBytes(ISO_8859_1);
        assertThat(MetadataParser.parse(latin1, Optional.empty(), MetadataLimits.defaults())
                        .metadata())
                .contains(read(BASE));
        MetadataUpdate wrong = MetadataParser.parse(latin1, Optional.of("UTF-8"), MetadataLimits.defaults());
        assertThat(wrong.metadata().orElseThrow().streams()).hasSize(2);
        assertThat(codes(wrong)).containsExactly("metadata-charset");
        assertThat(codes(parse(BASE.replace("Alice", "\uFFFD"))))
                .as("a replacement character of its own")
                .isEmpty();
    }

    @Test
    void takesByteOrderMarkAndBlanksInFront() {
        assertThat(read("\uFEFF" + BASE)).isEqualTo(read(BASE));
        assertThat(read("\r\n  " + BASE)).isEqualTo(read(BASE));
        assertThat(MetadataParser.parse(
                                BASE.replace("UTF-8", "UTF-16").getBytes(UTF_16),
                                Optional.empty(),
                                MetadataLimits.defaults())
                        .metadata())
                .contains(read(BASE));
    }

    @Test
    void readsTextInAllItsForms() {
        RecordingMetadata metadata = read(recording("<participant participant_id='a'><nameID aor='sip:a?b=1&amp;c=2'>"
                + "<name> A &amp; B <!-- c --><![CDATA[<c>]]> &#65;<?pi x?> </name></nameID></participant>"));
        assertThat(metadata.participants().get(0).nameIds())
                .containsExactly(new NameId("sip:a?b=1&c=2", "A & B <c> A", ""));
    }

    @Test
    void repairsAmpersandsThatShouldHaveBeenEscaped() {
        MetadataUpdate update = parse(recording("<participant participant_id='a'><nameID aor='sip:a?b=1&c=2'>"
                + "<name>Smith & Sons &lt;x&gt;</name></nameID></participant><stream stream_id='1'/>"));
        RecordingMetadata metadata = update.metadata().orElseThrow();
        assertThat(metadata.participants().get(0).nameIds())
                .containsExactly(new NameId("sip:a?b=1&c=2", "Smith & Sons <x>", ""));
        assertThat(metadata.streams()).hasSize(1);
        assertThat(codes(update)).containsExactly("metadata-bare-ampersand");
    }

    @Test
    void C075_keepsWhatStandsBeforeAFault() {
        String cut = BASE.substring(0, BASE.indexOf("<stream stream_id=\"2=\""));
        MetadataUpdate update = parse(cut + "<stream stream_id=2/>");
        assertThat(update.metadata().orElseThrow().participants()).hasSize(2);
        assertThat(update.metadata().orElseThrow().streams()).hasSize(1);
        assertThat(update.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("metadata-malformed");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.text()).contains("at line ");
        });
    }

    @Test
    void C052_reportsASecondRoot() {
        MetadataUpdate update = parse(BASE + recording(""));
        assertThat(update.metadata()).contains(read(BASE));
        assertThat(codes(update)).containsExactly("metadata-malformed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | metadata-malformed
            test                   | metadata-malformed
            {"a":1}                | metadata-malformed
            <a/>                   | metadata-unknown-root
            <requestsnapshot xmlns="urn:ietf:params:xml:ns:recording:1"/> | metadata-wrong-direction
            """)
    void C075_givesNothingForWhatIsNoRecording(String document, String code) {
        MetadataUpdate update = parse(document);
        assertThat(update.metadata()).isEmpty();
        assertThat(codes(update)).containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE recording [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE recording SYSTEM \"http://127.0.0.1:9/x.dtd\">",
                "<!DOCTYPE recording [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
                "<!DOCTYPE recording [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>"
            })
    void C076_refusesDocumentTypes(String doctype) {
        MetadataUpdate update = parse(doctype + recording("<stream stream_id='1'><label>&x;&b;</label></stream>"));
        assertThat(update.metadata()).isEmpty();
        assertThat(codes(update)).containsExactly("metadata-dtd-refused");
    }

    @Test
    void C076_fetchesNothing() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + listener.getLocalPort() + "/x";
            parse("<!DOCTYPE recording SYSTEM '" + url + "'>" + recording(""));
            parse("<!DOCTYPE recording [<!ENTITY % p SYSTEM '" + url + "'> %p;]>" + recording(""));
            parse("<!DOCTYPE recording [<!ENTITY x SYSTEM '" + url + "'>]>" + recording("<y>&x;</y>"));
            parse("<?xml-stylesheet href='" + url + "'?>"
                    + recording("<xi:include href='" + url + "' xmlns:xi='http://www.w3.org/2001/XInclude'/>"));
            parse("<recording xmlns='urn:ietf:params:xml:ns:recording:1' xsi:schemaLocation='urn:x " + url
                    + "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'/>");
            listener.setSoTimeout(50);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void C076_boundsSizeDepthElementsAndValues() {
        MetadataLimits limits = new MetadataLimits(4_000, 8, 4, 2, 10);
        MetadataUpdate deep = MetadataParser.parse(
                recording("<x>" + "<y>".repeat(4) + "</y>".repeat(4) + "</x><stream stream_id='1'/>")
                        .getBytes(UTF_8),
                Optional.empty(),
                limits);
        assertThat(codes(deep)).contains("metadata-too-deep");
        assertThat(deep.metadata().orElseThrow().streams()).hasSize(1);
        MetadataUpdate many = MetadataParser.parse(
                recording("<stream stream_id='1'/>" + "<x/>".repeat(9)).getBytes(UTF_8), Optional.empty(), limits);
        assertThat(codes(many)).containsExactly("metadata-too-many-elements");
        assertThat(many.metadata().orElseThrow().streams()).hasSize(1);
        MetadataUpdate wide = MetadataParser.parse(
                recording("<stream stream_id='01234567890'><label>abcdefghijk</label></stream>")
                        .getBytes(UTF_8),
                Optional.empty(),
                limits);
        assertThat(wide.metadata().orElseThrow().streams().get(0).id()).isEqualTo("0123456789");
        assertThat(wide.metadata().orElseThrow().stream("abcdefghij")).isPresent();
        assertThat(codes(wide)).containsExactly("metadata-value-cut");
    }

    @Test
    void C076_aDocumentOfFiveMegabytesIsCutAtTheLimit() {
        String text = BASE.replace("</recording>", "<x>" + "a".repeat(5_000_000) + "</x></recording>");
        MetadataUpdate update = parse(text);
        assertThat(codes(update)).containsExactly("metadata-too-large");
        assertThat(update.whole()).isFalse();
        assertThat(update.metadata().orElseThrow().participants())
                .isEqualTo(read(BASE).participants());
    }

    @Test
    void C076_depthCannotOverflowTheStack() {
        String deep = recording("<x>".repeat(20_000) + "</x>".repeat(20_000));
        assertThat(codes(parse(deep))).contains("metadata-too-deep");
    }

    @Test
    void damageNeverCausesAnException() {
        Mutations mutations = new Mutations(0x7865);
        byte[] base = BASE.getBytes(UTF_8);
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            MetadataUpdate update =
                    MetadataParser.parse(mutations.of(base), Optional.empty(), MetadataLimits.defaults());
            assertThat(update.metadata().isPresent() || !update.findings().isEmpty())
                    .isTrue();
            if (update.metadata().isPresent()) read++;
        }
        assertThat(read).isGreaterThan(3_000);
    }
}
