package io.siprec.server.internal.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalledCallTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "-", textBlock = """
        # X-Cisco-Recording-Participant                                        | who on which m-line                    | why
        sip:1@a.test;media-index="0" / sip:2@b.test;media-index="1"             | sip:1@a.test: 0, sip:2@b.test: 1       | two lines of a header
        sip:1@a.test;media-index="0", sip:2@b.test;media-index="1"              | sip:1@a.test: 0, sip:2@b.test: 1       | one line
        <sip:1@a.test;user=phone>;media-index=1                                 | sip:1@a.test;user=phone: 1             | brackets, no quotes
        sip:1@a.test;media-index="0 2"                                          | sip:1@a.test: 0 2                      | audio and video
        sip:1@a.test;media-index="0" / sip:1@a.test;media-index="1"             | sip:1@a.test: 0 1                      | the same party twice
        sip:1@a.test;media-index="0" / sip:2@b.test;media-index="0"             | sip:1@a.test: 0, sip:2@b.test:         | the first claim of a line counts
        sip:1@a.test                                                            | sip:1@a.test:                          | no index
        sip:1@a.test;media-index="99999999999"                                  | sip:1@a.test:                          | an absurd index
        """)
    void readsNetworkBasedRecording(String headers, String expected, String why) {
        Header[] lines = headers.trim().split(" / ").length == 1
                ? new Header[] {new Header("X-Cisco-Recording-Participant", headers)}
                : new Header[] {
                    new Header("X-Cisco-Recording-Participant", headers.split(" / ")[0]),
                    new Header("X-Cisco-Recording-Participant", headers.split(" / ")[1])
                };
        RecordingMetadata call =
                SignalledCall.in(Requests.invite(SipBody.none(), lines)).orElseThrow();
        assertThat(heard(call)).as(why).isEqualTo(expected.strip());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
        # parameters of the From URI                                                         | who                     | heard             | why
        x-nearend;x-refci=26;x-nearendaddr=1001;x-farendrefci=27;x-farendaddr=1000            | near end 26=1001, far end 27=1000 | near end 26 | the call of the near end
        x-farend;x-refci=26;x-nearendaddr=1001;x-farendrefci=27;x-farendaddr=1000             | near end 26=1001, far end 27=1000 | far end 27  | the call of the far end
        x-nearend;x-refci=ci2;x-nearenddevice=B;x-farendrefci=ci1;x-farendaddr=1000           | near end ci2=5001, far end ci1=1000 | near end ci2 | older CUCM: the user of From is the near end
        X-FarEnd                                                                             | near end=5001, far end=  | far end           | nothing but the mark
        """)
    void readsABuiltInBridge(String parameters, String who, String heard, String why) {
        RecordingMetadata call = SignalledCall.in(from("<sip:5001@192.0.2.1;" + parameters.strip() + ">;tag=1"))
                .orElseThrow();
        assertThat(call.participants().stream()
                        .map(one -> one.id() + "="
                                + (one.nameIds().isEmpty()
                                        ? ""
                                        : one.nameIds().get(0).aor()))
                        .collect(Collectors.joining(", ")))
                .as(why)
                .isEqualTo(who.strip());
        assertThat(call.streams()).hasSize(1);
        assertThat(call.participantStreams().stream()
                        .filter(one -> one.send().equals(List.of("line 0")))
                        .map(one -> one.participantId()))
                .as(why)
                .containsExactly(heard.strip());
    }

    @Test
    void anyOtherRequestTellsNothing() {
        assertThat(SignalledCall.in(Requests.invite(SipBody.none()))).isEmpty();
        assertThat(SignalledCall.in(from("<sip:5001@192.0.2.1>;tag=1;x-nearend")))
                .isEmpty();
    }

    private static String heard(RecordingMetadata call) {
        return call.participantStreams().stream()
                .map(one -> one.participantId() + ": "
                        + one.send().stream().map(id -> id.replace("line ", "")).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "))
                .strip();
    }

    private static SipRequest from(String from) {
        return Requests.invite().toBuilder().set("From", from).build();
    }
}
