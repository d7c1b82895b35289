package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class SnapshotRequestTest {
    @Test
    void C086_namesTheReason() {
        assertThat(text("SRS <internal> error"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<requestsnapshot xmlns=\"urn:ietf:params:xml:ns:recording:1\">"
                        + "<requestreason xml:lang=\"en\">SRS &lt;internal&gt; error</requestreason>\n"
                        + "</requestsnapshot>\n");
        assertThat(text("")).doesNotContain("requestreason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown ids", "a & b < c > d \u0007 \u00e9 \ud83d\ude00"})
    void C086_satisfiesTheSchema(String reason) throws SAXException {
        Schema schema = MetadataCorpusTest.schema();
        assertThatCode(() -> validate(schema, SnapshotRequest.write(reason))).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        validate(schema, text(reason).replace(":1\"", ":2\"").getBytes(UTF_8)))
                .as("the schema does look")
                .isInstanceOf(SAXException.class);
    }

    private static String text(String reason) {
        return new String(SnapshotRequest.write(reason), UTF_8);
    }

    private static void validate(Schema schema, byte[] document) throws Exception {
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
    }
}
