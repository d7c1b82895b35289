package io.siprec.core.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.CallAttribute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAttributesTest {
    private final CallAttributes attributes = new CallAttributes(HeaderPatterns.vendorHeaders());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        Session-ID | a62dd6d8be0059c38d142bae9b46880b;remote=00000000000000000000000000000000 | session-id=a62dd6d8be0059c38d142bae9b46880b
        session-id | ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2 | session-id=ab30317f1a784dc48ff824d0d3715d86 session-id.remote=47755a9de7794ba387653f2099600ef2
        Session-ID | ;remote=1 | -
        User-to-User | 04FA080090D1B06537E860C8143030 | user-to-user=04FA080090D1B06537E860C8143030 ucid=00144536801698162784
        User-to-User | 00FA080001000259B5D7F8;encoding=hex | user-to-user=00FA080001000259B5D7F8;encoding=hex ucid=00001000021505089528
        User-to-User | 00C80348656CFA080001000259B5D7F8;encoding=hex | user-to-user=00C80348656CFA080001000259B5D7F8;encoding=hex ucid=00001000021505089528 user-to-user.text=Hel
        User-to-User | order-77;encoding=ascii;purpose=x | user-to-user=order-77;encoding=ascii;purpose=x user-to-user.text=order-77
        User-to-User | 04FA | user-to-user=04FA
        User-to-User | 04FAFF00 | user-to-user=04FAFF00
        Cisco-Guid | 0802710458-1959465449-2686421522-1015028268 | cisco-guid=0802710458-1959465449-2686421522-1015028268 cisco-guid.hex=2FD863BA-74CB11E9-A01F8A12-3C801A2C
        Cisco-Guid | 9999999999-1-2-3 | cisco-guid=9999999999-1-2-3
        P-Asserted-Identity | <sip:alice@example.com> | p-asserted-identity=<sip:alice@example.com>
        Diversion | <sip:bob@example.com>;reason=no-answer | diversion=<sip:bob@example.com>;reason=no-answer
        P-Charging-Vector | icid-value="1234bc9876e";icid-generated-at=192.0.2.4 | icid=1234bc9876e
        X-Genesys-CallUUID | 01ABC | genesys-call-uuid=01ABC header.x-genesys-calluuid=01ABC
        X-BroadWorks-Correlation-Info | 45a32b36 | broadworks-correlation-id=45a32b36 header.x-broadworks-correlation-info=45a32b36
        From | <sip:5001@192.0.2.1;x-nearend;x-refci=27298698;x-farendrefci=27298699>;tag=1 | x-nearend=true x-refci=27298698 x-farendrefci=27298699
        Subject | nothing of interest | -
        """)
    void aHeaderFieldTellsItsFacts(String name, String value, String expected) {
        attributes.addHeaders(List.of(new HeaderField(name, value)));

        List<String> told = attributes.list().stream()
                .map(one -> one.name() + "=" + one.value())
                .toList();
        assertThat(told).containsExactly(expected.equals("-") ? new String[0] : expected.split(" (?=[a-z.-]+=)"));
        assertThat(attributes.list()).extracting(CallAttribute::source).allMatch(("header " + name)::equals);
    }

    @Test
    void extensionDataOfEveryVendorIsSearched() {
        attributes.addMetadata(metadata("""
            <recording xmlns="urn:ietf:params:xml:ns:recording:1">
              <group group_id="g"><callData xmlns="urn:ietf:params:xml:ns:callData"><callid>c-1</callid><gcid>241205267</gcid></callData></group>
              <session session_id="00FA0800705D4C5DCAAC41"/>
              <participant participant_id="p"><nameID aor="sip:a@example.com"/>
                <extensiondata xmlns:apkt="http://acmepacket.com/siprec/extensiondata">
                  <apkt:header label="P-Asserted-Identity"><value>sip:mike@example.com</value><value>sip:bob@example.net</value></apkt:header>
                  <apkt:header label="X-Tenant"><value>blue</value></apkt:header>
                  <apkt:ucid>FA080001000259B5D7F8</apkt:ucid>
                </extensiondata>
              </participant>
              <extensiondata><ac:GenesysUUID xmlns:ac="http://AudioCodes">01ABC</ac:GenesysUUID>
                <broadWorksRecordingMetadata xmlns="http://schema.broadsoft.com/broadworksCallRecording"><extTrackingID>45a3</extTrackingID><callID>callhalf-1:0</callID></broadWorksRecordingMetadata>
              </extensiondata>
            </recording>"""));

        assertThat(attributes.list())
                .extracting(CallAttribute::name, CallAttribute::value)
                .containsExactlyInAnyOrder(
                        tuple("ribbon-call-id", "c-1"),
                        tuple("ribbon-gcid", "241205267"),
                        tuple("ucid", "00112238841573563457"),
                        tuple("p-asserted-identity", "sip:mike@example.com"),
                        tuple("p-asserted-identity", "sip:bob@example.net"),
                        tuple("header.x-tenant", "blue"),
                        tuple("ucid", "00001000021505089528"),
                        tuple("genesys-call-uuid", "01ABC"),
                        tuple("broadworks-tracking-id", "45a3"),
                        tuple("broadworks-call-id", "callhalf-1:0"));
    }

    @Test
    void aFactIsKeptOnceHoweverOftenItIsTold() {
        HeaderField field = new HeaderField("X-Tenant", "blue");
        attributes.addHeaders(List.of(field, field));
        attributes.addHeaders(List.of(field, new HeaderField("x-tenant", "green")));

        assertThat(attributes.list()).extracting(CallAttribute::value).containsExactly("blue", "green");
    }

    @Test
    void whatAPeerSendsIsBounded() {
        for (int i = 0; i < 2 * CallAttributes.MOST; i++) {
            attributes.addHeaders(List.of(new HeaderField("X-N", i + "x".repeat(2 * CallAttributes.MAX_VALUE_CHARS))));
        }

        assertThat(attributes.list())
                .hasSize(CallAttributes.MOST)
                .allMatch(one -> one.value().length() == CallAttributes.MAX_VALUE_CHARS);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "X-*, x-tenant, true",
        "X-*, ax-tenant, false",
        "*-Call-Id, X-My-Call-ID, true",
        "X-*-Id, x-a-b-id, true",
        "X-*-Id, x-a-ident, false",
        "Subject, subject, true",
        "Subject, subjects, false",
        "*, anything, true"
    })
    void namesMatchWithoutCaseAndWithStars(String pattern, String name, boolean matches) {
        assertThat(HeaderPatterns.of(List.of(pattern)).matches(name)).isEqualTo(matches);
    }

    @Test
    void aPatternThatCanBeNoNameIsRefused() {
        assertThatThrownBy(() -> HeaderPatterns.of(List.of("X Tenant")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X Tenant");
    }

    private static RecordingMetadata metadata(String document) {
        return MetadataParser.parse(
                        document.getBytes(StandardCharsets.UTF_8), Optional.empty(), MetadataLimits.defaults())
                .metadata()
                .orElseThrow();
    }
}
