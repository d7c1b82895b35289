package io.siprec.core.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Corpus;
import io.siprec.core.Finding;
import io.siprec.core.metadata.MediaStream;
import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.mime.BodyPart;
import io.siprec.core.mime.MimeBody;
import io.siprec.core.mime.MimeException;
import io.siprec.core.mime.MimeLimits;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.session.SessionParticipant;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * All sample documents, each against what it means (corpus-expectations.txt): mode, numbers of groups,
 * sessions, participants and streams, addresses, who is heard on which line of the same message, and findings.
 */
class CorpusExpectationsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final int MOST_ADDRESSES = 4;

    private static Map<String, String> expectations() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        try (InputStream table = CorpusExpectationsTest.class.getResourceAsStream("corpus-expectations.txt")) {
            for (String line : new String(table.readAllBytes(), UTF_8).split("\n")) {
                if (line.isBlank() || line.startsWith("#")) continue;
                String[] fields = line.split("\\|", 2);
                rows.put(fields[0].strip(), fields[1].strip());
            }
        }
        return rows;
    }

    @Test
    void C056_C066_C076_eachDocumentIsUnderstoodAsItIsMeant() throws Exception {
        Map<String, String> actual = new TreeMap<>();
        for (Map<String, String> row : Corpus.index("metadata")) {
            actual.put(row.get("file"), describe(row.get("file")).strip());
        }
        assertThat(lines(actual)).isEqualTo(lines(new TreeMap<>(expectations())));
    }

    private static String lines(Map<String, String> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + " | " + row.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String describe(String file) throws Exception {
        MetadataUpdate update =
                MetadataParser.parse(Corpus.read("metadata", file), Optional.empty(), MetadataLimits.defaults());
        RecordedCalls calls = new RecordedCalls();
        List<Finding> findings = new ArrayList<>(update.findings());
        findings.addAll(calls.apply(update, NOW));
        List<StreamLine> lines = lines(file, update.metadata());
        findings.addAll(calls.attribute(lines, NOW));
        String codes = findings.stream().map(Finding::code).distinct().sorted().collect(Collectors.joining(" "));
        if (update.metadata().isEmpty()) return "- | " + codes;
        RecordingMetadata metadata = update.metadata().get();
        return String.join(
                " | ",
                metadata.dataMode().name().toLowerCase(Locale.ROOT)
                        + " " + metadata.groups().size()
                        + " " + metadata.sessions().size()
                        + " " + metadata.participants().size()
                        + " " + metadata.streams().size(),
                addresses(calls.participants()),
                heard(calls, lines),
                codes);
    }

    private static String addresses(List<SessionParticipant> participants) {
        String first = participants.stream()
                .limit(MOST_ADDRESSES)
                .map(CorpusExpectationsTest::address)
                .collect(Collectors.joining(", "));
        return participants.size() <= MOST_ADDRESSES ? first : first + ", ...";
    }

    private static String address(SessionParticipant participant) {
        if (participant.aor().length() > 200) return "(" + participant.aor().length() + " characters)";
        return participant.aor().isEmpty() ? "?" : participant.aor();
    }

    /** "label=address grade" for each recorded line. */
    private static String heard(RecordedCalls calls, List<StreamLine> lines) {
        Map<String, String> addresses = new LinkedHashMap<>();
        calls.participants().forEach(one -> addresses.put(one.id(), address(one)));
        List<String> all = new ArrayList<>();
        for (StreamLine line : lines) {
            String who = calls.attributions(line.stream()).stream()
                    .map(one -> addresses.get(one.participantId()) + " "
                            + one.grade().id())
                    .collect(Collectors.joining(" + "));
            boolean recorded = line.stream() != StreamLine.NOT_RECORDED;
            all.add((line.label().isEmpty() ? "(none)" : line.label()) + "=" + (recorded ? who : "not recorded"));
        }
        return String.join("; ", all);
    }

    /** Those of the message that the document came in, where it is there too; else one for each label. */
    private static List<StreamLine> lines(String file, Optional<RecordingMetadata> metadata) throws Exception {
        String invite = file.replaceFirst(".*/", "").replace(".xml", ".sip");
        boolean hasMessage = file.startsWith("vendor/")
                && Corpus.index("invites").stream()
                        .anyMatch(row -> row.get("file").equals(invite));
        List<StreamLine> lines = new ArrayList<>();
        if (hasMessage) {
            for (MediaDescription line : offered(Corpus.read("invites", invite))) {
                int stream = line.port() == 0 ? StreamLine.NOT_RECORDED : lines.size() + 1;
                lines.add(new StreamLine(line.label().orElse(""), stream));
            }
        } else if (metadata.isPresent()) {
            for (MediaStream stream : metadata.get().streams()) {
                stream.label().ifPresent(label -> lines.add(new StreamLine(label, lines.size() + 1)));
            }
        }
        return lines;
    }

    private static List<MediaDescription> offered(byte[] invite) throws MimeException, SdpException {
        String text = new String(invite, ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        Matcher type = Pattern.compile("(?im)^content-type[ \t]*:(.*)$").matcher(text.substring(0, head));
        assertThat(type.find()).isTrue();
        byte[] body = text.substring(head + 4).getBytes(ISO_8859_1);
        BodyPart sdp = MimeBody.parse(type.group(1).strip(), body, MimeLimits.defaults())
                .sdp()
                .orElseThrow();
        return SdpParser.parse(sdp.content(), SdpLimits.defaults())
                .description()
                .media();
    }
}
