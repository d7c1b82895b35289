package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Metadata documents in short, with the content of the RFCs' examples: ids are names. */
public final class Documents {
    /** Alice (streams a1, a2) talks to Bob (b1, b2) in session s of group g; RFC 8068 §3.2.1. */
    public static final RecordingMetadata TWO_PARTIES = complete("<group group_id='g'/>"
            + "<session session_id='s'><sipSessionID>one;remote=two</sipSessionID><group-ref>g</group-ref></session>"
            + participant("alice")
            + participant("bob")
            + stream("a1", "96")
            + stream("a2", "97")
            + stream("b1", "98")
            + stream("b2", "99")
            + "<sessionrecordingassoc session_id='s'>" + associate("10:00:00") + "</sessionrecordingassoc>"
            + joins("alice", "10:00:00")
            + joins("bob", "10:00:00")
            + streams("alice", "a1 a2", "b1 b2")
            + streams("bob", "b1 b2", "a1 a2"));

    /** RFC 8068 §3.2.2: Alice puts Bob on hold. */
    public static final RecordingMetadata HOLD = partial(streams("alice", "", "b1 b2") + streams("bob", "b1 b2", ""));

    /** RFC 8068 §3.2.2: and takes him back. */
    public static final RecordingMetadata RESUME =
            partial(streams("alice", "a1 a2", "b1 b2") + streams("bob", "b1 b2", "a1 a2"));

    /** RFC 8068 §3.2.3: Carol takes the place of Alice; her streams c1 and c2 are defined nowhere. */
    public static final RecordingMetadata TRANSFER =
            partial("<session session_id='s'><sipSessionID>three;remote=four</sipSessionID></session>"
                    + participant("carol")
                    + joins("carol", "10:05:00")
                    + leaves("alice", "10:05:00")
                    + streams("bob", "b1 b2", "c1 c2")
                    + "<participantstreamassoc participant_id='carol'><send>c1</send><send>c2</send><recv>b1</recv>"
                    + "<recv>b2</recv>" + associate("10:06:00") + "</participantstreamassoc>");

    /** RFC 8068 §3.2.3 and §3.2.4: the session is over. */
    public static final RecordingMetadata STOP =
            partial("<session session_id='s'><stop-time>2026-01-01T10:10:00Z</stop-time></session>"
                    + leaves("alice", "10:10:00") + leaves("bob", "10:10:00"));

    /** RFC 8068 §3.2.3, transfer by REFER: a new session of Bob and Carol, on lines of the same labels. */
    public static final RecordingMetadata NEW_SESSION =
            complete("<session session_id='t'><sipSessionID>three;remote=four</sipSessionID>"
                    + "<start-time>2026-01-01T10:10:00Z</start-time></session>"
                    + "<participant participant_id='bob'><nameID aor='sip:Bob@example.com'/></participant>"
                    + "<participant participant_id='carol'><nameID aor='sip:carol@example.com'/></participant>"
                    + "<stream stream_id='c1' session_id='t'><label>96</label></stream>"
                    + "<stream stream_id='c2' session_id='t'><label>97</label></stream>"
                    + "<stream stream_id='b1' session_id='t'><label>98</label></stream>"
                    + "<stream stream_id='b2' session_id='t'><label>99</label></stream>"
                    + joins("bob", "10:02:00").replace("'s'", "'t'")
                    + joins("carol", "10:10:00").replace("'s'", "'t'")
                    + streams("bob", "b1 b2", "c1 c2")
                    + streams("carol", "c1 c2", "b1 b2"));

    private Documents() {}

    /** A complete document with that in it. */
    public static RecordingMetadata complete(String content) {
        return document("<datamode>complete</datamode>" + content);
    }

    /** A partial document with that in it. */
    public static RecordingMetadata partial(String content) {
        return document("<datamode>partial</datamode>" + content);
    }

    private static RecordingMetadata document(String content) {
        String text = "<recording xmlns='urn:ietf:params:xml:ns:recording:1'>" + content + "</recording>";
        return MetadataParser.parse(text.getBytes(UTF_8), Optional.empty(), MetadataLimits.defaults())
                .metadata()
                .orElseThrow();
    }

    /** A participant with a name and an address. */
    public static String participant(String id) {
        return "<participant participant_id='" + id + "'><nameID aor='sip:" + id + "@example.com'><name>" + id
                + "</name></nameID></participant>";
    }

    /** A stream of session s. */
    public static String stream(String id, String label) {
        return "<stream stream_id='" + id + "' session_id='s'>"
                + (label.isEmpty() ? "" : "<label>" + label + "</label>")
                + "</stream>";
    }

    /** A participant in session s since a time of day. */
    public static String joins(String participant, String time) {
        return inSession(participant, associate(time));
    }

    /** A participant who left session s at a time of day. */
    public static String leaves(String participant, String time) {
        return inSession(participant, "<disassociate-time>2026-01-01T" + time + "Z</disassociate-time>");
    }

    /** A participant in session s with these times. */
    public static String inSession(String participant, String times) {
        return "<participantsessionassoc participant_id='" + participant + "' session_id='s'>" + times
                + "</participantsessionassoc>";
    }

    /** An associate-time of that day. */
    public static String associate(String time) {
        return "<associate-time>2026-01-01T" + time + "Z</associate-time>";
    }

    /** What a participant sends and receives: ids with blanks between them. */
    public static String streams(String participant, String send, String receive) {
        return "<participantstreamassoc participant_id='" + participant + "'>" + ids("send", send)
                + ids("recv", receive) + "</participantstreamassoc>";
    }

    private static String ids(String element, String ids) {
        return ids.isEmpty()
                ? ""
                : "<" + element + ">" + ids.replace(" ", "</" + element + "><" + element + ">") + "</" + element + ">";
    }
}
