package io.siprec.core.history;

import static io.siprec.core.metadata.Documents.HOLD;
import static io.siprec.core.metadata.Documents.NEW_SESSION;
import static io.siprec.core.metadata.Documents.RESUME;
import static io.siprec.core.metadata.Documents.STOP;
import static io.siprec.core.metadata.Documents.TRANSFER;
import static io.siprec.core.metadata.Documents.TWO_PARTIES;
import static io.siprec.core.metadata.Documents.associate;
import static io.siprec.core.metadata.Documents.complete;
import static io.siprec.core.metadata.Documents.leaves;
import static io.siprec.core.metadata.Documents.partial;
import static io.siprec.core.metadata.Documents.participant;
import static io.siprec.core.metadata.Documents.stream;
import static io.siprec.core.metadata.Documents.streams;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.Attribution.Grade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributionTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final String SESSION = "<session session_id='s'/>";

    private final RecordedCalls calls = new RecordedCalls();
    private final List<String> codes = new ArrayList<>();
    private Instant now = TEN;
    private List<StreamLine> lines = lines("96", "97", "98", "99");

    private static List<StreamLine> lines(String... labels) {
        List<StreamLine> lines = new ArrayList<>();
        for (String label : labels) lines.add(new StreamLine(label, lines.size() + 1));
        return lines;
    }

    /** A minute later. */
    private void apply(RecordingMetadata document) {
        now = now.plusSeconds(60);
        calls.apply(new MetadataUpdate(Optional.of(document), List.of(), true), now);
        attribute();
    }

    private void attribute() {
        calls.attribute(lines, now).stream().map(Finding::code).forEach(codes::add);
    }

    /** "alice+bob/carol//": who is heard on each line now, with ~ for asserted and ? for guessed. */
    private String heard() {
        return lines.stream()
                .map(line -> calls.attributions(line.stream()).stream()
                        .filter(one -> one.to().isEmpty())
                        .map(one -> one.participantId() + mark(one.grade()))
                        .collect(Collectors.joining("+")))
                .collect(Collectors.joining("/"));
    }

    private static String mark(Grade grade) {
        return switch (grade) {
            case PROVEN -> "";
            case ASSERTED -> "~";
            case GUESSED -> "?";
        };
    }

    @Test
    void C065_C083_C084_followsTheFlowsOfRfc8068() {
        apply(TWO_PARTIES);
        assertThat(heard()).isEqualTo("alice/alice/bob/bob");
        apply(HOLD);
        assertThat(heard()).as("Alice only receives").isEqualTo("//bob/bob");
        apply(RESUME);
        assertThat(heard()).isEqualTo("alice/alice/bob/bob");
        apply(TRANSFER);
        assertThat(heard())
                .as("Alice has left; Carol's streams are not defined")
                .isEqualTo("//bob/bob");
        apply(NEW_SESSION);
        assertThat(heard()).isEqualTo("carol/carol/bob/bob");
        assertThat(codes).isEmpty();
        apply(STOP);
        assertThat(heard()).as("another session ended").isEqualTo("carol/carol/bob/bob");
        assertThat(calls.attributions(1))
                .containsExactly(
                        span("alice", 1, 2),
                        span("alice", 3, 4),
                        new Attribution("carol", Grade.PROVEN, TEN.plusSeconds(300), Optional.empty()));
        calls.end(TEN.plusSeconds(600));
        assertThat(calls.attributions(1)).last().isEqualTo(span("carol", 5, 10));
    }

    private static Attribution span(String participant, int fromMinute, int toMinute) {
        Instant to = TEN.plusSeconds(60L * toMinute);
        return new Attribution(participant, Grade.PROVEN, TEN.plusSeconds(60L * fromMinute), Optional.of(to));
    }

    @Test
    void C084_theEndOfTheSessionEndsWhatIsHeard() {
        apply(TWO_PARTIES);
        apply(partial("<session session_id='s'><stop-time>2026-01-01T10:10:00Z</stop-time></session>"));
        assertThat(heard()).isEqualTo("///");
    }

    @Test
    void aMixedStreamIsHeldJoinedAndLeft() { // RFC 8068 §3.3
        lines = lines("96");
        apply(complete(SESSION
                + participant("alice")
                + participant("bob")
                + stream("m", "96")
                + streams("alice", "m", "m")
                + streams("bob", "m", "m")));
        assertThat(heard()).isEqualTo("alice+bob");
        apply(partial(stream("m", "96") + streams("alice", "", "m") + streams("bob", "m", "")));
        assertThat(heard()).isEqualTo("bob");
        apply(partial(stream("m", "96") + streams("alice", "m", "m") + streams("bob", "m", "m")));
        apply(partial(participant("carol") + streams("carol", "m", "m")));
        assertThat(heard()).isEqualTo("bob+alice+carol");
        apply(partial(leaves("alice", "10:09:00")));
        assertThat(heard()).isEqualTo("bob+carol");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # labels of the SDP | who is heard          | finding                  | why
        96 97 98 99         | alice/alice/bob/bob   | -                        | C065 by label
        99 98 97 96         | bob/bob/alice/alice   | -                        | C065 the order does not matter
        98 96               | bob/alice             | -                        | fewer lines than streams
        1 2 3 4             | alice~/alice~/bob~/bob~ | metadata-labels-differ | C066 by order, once no label fits
        - - - -             | alice~/alice~/bob~/bob~ | metadata-labels-differ | C066 an SDP without labels
        96 97 98 7          | alice/alice/bob/bob~  | metadata-label-unmatched | C066 one line and one stream are left
        96 97 7 8           | alice/alice/bob?/bob? | metadata-label-unmatched | C066 two are left: the order is a guess
        096 97 98 99        | alice~/alice/bob/bob  | metadata-label-unmatched | D15 labels are text, not numbers
        96 97 98 99 5       | alice/alice/bob/bob/  | -                        | a line that nothing describes
        """)
    void C065_C066_linesAreFoundByLabelElseByOrder(String labels, String heard, String finding, String why) {
        lines = lines(labels.replace("-", "").split(" ", -1));
        apply(TWO_PARTIES);
        assertThat(heard()).as(why).isEqualTo(heard == null ? "" : heard);
        assertThat(codes).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void C065_labelsHoldForTheirMessage() {
        apply(TWO_PARTIES);
        lines = lines("1", "2", "3", "4");
        apply(complete(SESSION
                + participant("alice")
                + participant("bob")
                + stream("a1", "4")
                + stream("b1", "1")
                + streams("alice", "a1", "b1")
                + streams("bob", "b1", "a1")));
        assertThat(heard()).isEqualTo("bob///alice");
        assertThat(codes).isEmpty();
    }

    @Test
    void C067_aRefusedLineTakesItsStreamAndNobodyIsHeardOnIt() {
        lines = List.of(
                new StreamLine("96", 1),
                new StreamLine("97", StreamLine.NOT_RECORDED),
                new StreamLine("98", 2),
                new StreamLine("99", StreamLine.NOT_RECORDED));
        apply(TWO_PARTIES);
        assertThat(calls.attributions(1)).extracting(Attribution::participantId).containsExactly("alice");
        assertThat(calls.attributions(2)).extracting(Attribution::participantId).containsExactly("bob");
        assertThat(calls.attributions(StreamLine.NOT_RECORDED)).isEmpty();
        assertThat(calls.known().orElseThrow().streams()).hasSize(4);
        assertThat(codes).isEmpty();
    }

    @Test
    void aStreamWithoutALabelIsDescribedAndNotDelivered() {
        lines = lines("1", "x");
        apply(complete(SESSION
                + participant("alice")
                + participant("bob")
                + stream("a", "1")
                + stream("b", "")
                + streams("alice", "a", "b")
                + streams("bob", "b", "a")));
        assertThat(heard()).isEqualTo("alice/");
        assertThat(codes).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # what alice and bob send on streams a (label 1) and b (label 2) | who is heard | why
        alice=a bob=b     | alice/bob     | Oracle, Ribbon, jambonz: said for both
        -                 | alice?/bob?   | OpenSIPS, FreeSWITCH: participants without associations
        alice= bob=       | alice?/bob?   | OpenSIPS with rtpengine, Cisco inactive: associations that never say anything
        alice=a           | alice/bob~    | Cisco 2016: the other association names a stream as its participant
        alice=a bob=gone  | alice/bob~    | Avaya with an empty stream id: one candidate for the stream that is left
        alice=gone bob=gone | alice?/bob? | Oracle 2011: sends what is no stream
        alice=b bob=a     | bob/alice     | Ribbon: the calling party sends on label 2
        alice=a,b         | alice/alice   | of Bob nothing is said, and no stream is left for him
        alice=a bob=      | alice/        | C068 Bob sends nothing, since Alice is said to send
        """)
    void C066_C068_whatIsNotSaidIsConcludedAndGraded(String sending, String heard, String why) {
        lines = lines("1", "2");
        String associations = sending == null
                ? ""
                : Stream.of(sending.split(" "))
                        .map(one -> one.split("=", -1))
                        .map(one -> streams(one[0], one[1].replace(',', ' '), ""))
                        .collect(Collectors.joining());
        apply(complete(SESSION
                + participant("alice")
                + participant("bob")
                + stream("a", "1")
                + stream("b", "2")
                + associations));
        assertThat(heard()).as(why).isEqualTo(heard);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # participants | streams  | associations | heard                | why
        alice bob      | mixed    | bob          | bob+alice~           | BroadWorks: one of the two sends what is no stream
        alice bob      | mixed    | alice bob    | alice+bob            | BroadWorks: both send the mixed stream
        alice bob      | mixed    | -            | alice~+bob~          | the mode says that all are in it
        alice bob      | plain    | -            | alice?+bob?          | one stream for two, and no word of it
        alice          | plain    | -            | alice~               | one stream, one participant
        alice bob      | -        | -            | alice?+bob?          | no streams are described at all
        alice          | -        | -            | alice~               | likewise, with one candidate
        -              | plain    | -            | -                    | nobody is there
        """)
    void C066_oneLineForAll(String participants, String streams, String sending, String heard, String why) {
        lines = lines("1");
        StringBuilder content = new StringBuilder(SESSION);
        if (participants != null) {
            for (String one : participants.split(" ")) content.append(participant(one));
        }
        if (streams != null) {
            String mode = streams.equals("mixed") ? "<mode>mixed</mode>" : "";
            content.append(stream("m", "1").replace("</stream>", mode + "</stream>"));
        }
        if (sending != null) {
            for (String one : sending.split(" ")) content.append(streams(one, "m", ""));
        }
        apply(complete(content.toString()));
        assertThat(heard()).as(why).isEqualTo(heard == null ? "" : heard);
    }

    @Test
    void aLabelMayStandInAnAttributeOfItsOwn() { // a client in Python
        lines = lines("1", "2");
        apply(complete(SESSION + participant("alice") + participant("bob")
                + "<stream stream_id='a' media_label='2'><label>Caller</label></stream>"
                + "<stream stream_id='b' media_label='1'><label>Callee</label></stream>"
                + streams("alice", "a", "") + streams("bob", "b", "")));
        assertThat(heard()).isEqualTo("bob/alice");
        assertThat(codes).isEmpty();
    }

    @Test
    void aPlaceholderGivesWayToWhomItStoodFor() { // Avaya
        lines = lines("10", "20");
        String first =
                SESSION + participant("alice") + stream("a", "10") + stream("b", "20") + streams("alice", "a", "");
        apply(complete(first + "<participant participant_id='dummy'><nameID aor='sip:ASBCE@asbce.com'/></participant>"
                + streams("dummy", "b", "")));
        assertThat(heard()).isEqualTo("alice/dummy");
        apply(complete(first + participant("bob") + streams("bob", "b", "")));
        assertThat(heard()).isEqualTo("alice/bob");
        assertThat(calls.attributions(2)).hasSize(2);
        assertThat(calls.attributions(1)).as("nothing changed").hasSize(1);
    }

    @Test
    void theTimeOfTheAssociationIsWhenItBegan() {
        lines = lines("1");
        String association = streams("alice", "a", "").replace("</p", associate("09:58:00") + "</p");
        apply(complete(SESSION + participant("alice") + stream("a", "1") + association));
        assertThat(calls.attributions(1)).extracting(Attribution::from).containsExactly(TEN.minusSeconds(120));
        apply(partial(streams("alice", "", "a")));
        apply(partial(association));
        assertThat(calls.attributions(1))
                .as("the same time again is that of the first")
                .extracting(Attribution::from)
                .containsExactly(TEN.minusSeconds(120), TEN.plusSeconds(180));
    }

    @Test
    void aTimeThatIsRepeatedDoesNotUndoAHoldOnAMixedStream() {
        lines = lines("1");
        String alice = streams("alice", "m", "").replace("</p", associate("09:58:00") + "</p");
        String bob = streams("bob", "m", "").replace("</p", associate("09:59:00") + "</p");
        apply(complete(SESSION + participant("alice") + participant("bob") + stream("m", "1") + alice + bob));
        apply(partial(streams("alice", "", "m")));
        apply(partial(alice));
        assertThat(heard()).isEqualTo("bob+alice");
        assertThat(calls.attributions(1))
                .filteredOn(one -> one.participantId().equals("alice"))
                .containsExactly(
                        new Attribution(
                                "alice", Grade.PROVEN, TEN.minusSeconds(120), Optional.of(TEN.plusSeconds(120))),
                        new Attribution("alice", Grade.PROVEN, TEN.plusSeconds(180), Optional.empty()));
    }

    @Test
    void linesMayChangeAloneAndCarryOverToANewStream() {
        apply(TWO_PARTIES);
        now = now.plusSeconds(60);
        lines = List.of(new StreamLine("96", 1), new StreamLine("98", 7));
        attribute();
        assertThat(heard()).isEqualTo("alice/bob");
        assertThat(calls.attributions(4))
                .extracting(one -> one.to().isPresent())
                .containsExactly(true);
        assertThat(calls.attributions(2))
                .extracting(one -> one.to().isPresent())
                .containsExactly(true);
    }

    @Test
    void historyIsBounded() {
        apply(TWO_PARTIES);
        for (int i = 0; i < 300; i++) {
            apply(HOLD);
            apply(RESUME);
        }
        assertThat(calls.attributions(1)).hasSize(301);
        for (int i = 0; i < 300; i++) {
            apply(HOLD);
            apply(RESUME);
        }
        assertThat(calls.attributions(1)).hasSize(500);
        assertThat(calls.attributions(1)).last().extracting(Attribution::from).isEqualTo(now);
        assertThat(codes).containsOnly("attribution-history-full");
    }

    /** An SRC may say of hundreds that they are heard on one stream, and change its mind. */
    @Test
    void ofMoreVoicesThanFitThoseWhoAreHeardNowCount() {
        lines = lines("96");
        apply(crowd(0, 600));
        Instant first = now;
        apply(crowd(0, 600));
        assertThat(calls.attributions(1))
                .hasSize(500)
                .extracting(Attribution::from)
                .containsOnly(first);
        apply(crowd(300, 600));
        assertThat(heard().split("\\+")).hasSize(300).contains("p300", "p599");
        assertThat(calls.attributions(1)).hasSize(500);
        assertThat(codes).containsOnly("attribution-history-full");
    }

    private static RecordingMetadata crowd(int from, int to) {
        StringBuilder content = new StringBuilder(SESSION + stream("x", "96"));
        for (int i = from; i < to; i++) {
            content.append(participant("p" + i)).append(streams("p" + i, "x", ""));
        }
        return complete(content.toString());
    }
}
