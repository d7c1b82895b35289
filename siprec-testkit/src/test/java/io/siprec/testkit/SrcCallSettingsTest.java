package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.siprec.sip.transport.Transport;
import io.siprec.testkit.internal.SampleArray;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SrcCallSettingsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sip:127.0.0.1                          | 127.0.0.1       | 5060 |
            sip:rec@127.0.0.1:5080                 | 127.0.0.1       | 5080 |
            sip:127.0.0.1:5080;transport=tcp       | 127.0.0.1       | 5080 | TCP
            sip:127.0.0.1;transport=UDP            | 127.0.0.1       | 5060 | UDP
            sip:[::1]:5070;lr                      | 0:0:0:0:0:0:0:1 | 5070 |
            sips:127.0.0.1                         | 127.0.0.1       | 5061 | TLS
            sips:127.0.0.1:5071;transport=tcp      | 127.0.0.1       | 5071 | TLS
            sip:127.0.0.1;transport=tls            | 127.0.0.1       | 5061 | TLS
            """)
    void uriSaysWhereTheInviteGoes(String uri, String host, int port, Transport transport) {
        SrcCallSettings settings = SrcCallSettings.builder(uri).build();
        assertThat(settings.targetUri()).isEqualTo(uri);
        assertThat(settings.destination().getAddress().getHostAddress()).isEqualTo(host);
        assertThat(settings.destination().getPort()).isEqualTo(port);
        assertThat(settings.transport().orElse(null)).isEqualTo(transport);
    }

    @ParameterizedTest
    @CsvSource({"''", "127.0.0.1", "tel:1", "sip:", "sip:a b", "sip:127.0.0.1;transport=sctp"})
    void whatIsNoSipUriIsRefused(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> SrcCallSettings.builder(uri));
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong("streams", builder -> builder.streams(0)),
                wrong("streams", builder -> builder.streams(9)),
                wrong("streams", builder -> builder.streams(List.of())),
                wrong("duration", builder -> builder.duration(Duration.ZERO)),
                wrong("duration", builder -> builder.duration(Duration.ofMillis(30))),
                wrong("duration", builder -> builder.duration(Duration.ofMillis(-20))),
                wrong("byeGrace", builder -> builder.byeGrace(Duration.ofMillis(-1))),
                wrong("label", builder -> builder.labels("a b")),
                wrong("label", builder -> builder.labels("")),
                wrong("label", builder -> builder.labels("1\r\na=x")),
                wrong("16000", builder -> builder.audio(at16kHz())));
    }

    private static Arguments wrong(String named, Consumer<SrcCallSettings.Builder> change) {
        return Arguments.of(named, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void settingsThatCannotBeAreNamed(String named, Consumer<SrcCallSettings.Builder> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    SrcCallSettings.Builder builder = builder();
                    change.accept(builder);
                    builder.build();
                })
                .withMessageContaining(named);
    }

    @Test
    void seedDecidesTheFirstNumbers() {
        List<SrcStream> streams = builder().seed(1).build().streams();
        List<SrcStream> again = builder().seed(1).build().streams();
        List<SrcStream> others = builder().seed(2).build().streams();
        for (int i = 0; i < 2; i++) {
            assertThat(again.get(i).ssrc()).isEqualTo(streams.get(i).ssrc());
            assertThat(again.get(i).firstSequence()).isEqualTo(streams.get(i).firstSequence());
            assertThat(again.get(i).firstTimestamp()).isEqualTo(streams.get(i).firstTimestamp());
            assertThat(others.get(i).ssrc()).isNotEqualTo(streams.get(i).ssrc());
        }
        assertThat(streams.get(0).ssrc()).isNotEqualTo(streams.get(1).ssrc());
    }

    @Test
    void builderMayGoOnAfterBuild() {
        SrcCallSettings.Builder builder = builder().streams(3).labels("a", "b");
        SrcCallSettings built = builder.build();
        builder.streams(1).seed(9);
        assertThat(built.streams()).extracting(SrcStream::label).containsExactly("a", "b", "3");
        assertThat(built.packets()).isEqualTo(250);
    }

    private static SrcCallSettings.Builder builder() {
        return SrcCallSettings.builder("sip:127.0.0.1");
    }

    private static AudioSource at16kHz() {
        return new SampleArray(new short[1], 16_000, "wide band");
    }
}
