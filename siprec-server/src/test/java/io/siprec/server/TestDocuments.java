package io.siprec.server;

/** Metadata documents for calls of two parties. */
final class TestDocuments {
    private TestDocuments() {}

    /** A complete document: ann is heard on one line, ben on the other. */
    static String twoParties(String annsLabel, String bensLabel) {
        return document("complete", """
                  <session session_id="YW5uLWFuZC1iZW4uLi4uLg=="/>
                  <participant participant_id="YW5uLi4uLi4uLi4uLi4uLg=="><nameID aor="sip:ann@flows.example"><name>Ann</name></nameID></participant>
                  <participant participant_id="YmVuLi4uLi4uLi4uLi4uLg=="><nameID aor="sip:ben@flows.example"><name>Ben</name></nameID></participant>
                  <stream stream_id="bGluZS1hbm4uLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="><label>%s</label></stream>
                  <stream stream_id="bGluZS1iZW4uLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="><label>%s</label></stream>
                  <participantsessionassoc participant_id="YW5uLi4uLi4uLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="/>
                  <participantsessionassoc participant_id="YmVuLi4uLi4uLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="/>
                  <participantstreamassoc participant_id="YW5uLi4uLi4uLi4uLi4uLg=="><send>bGluZS1hbm4uLi4uLi4uLg==</send></participantstreamassoc>
                  <participantstreamassoc participant_id="YmVuLi4uLi4uLi4uLi4uLg=="><send>bGluZS1iZW4uLi4uLi4uLg==</send></participantstreamassoc>
                """.formatted(annsLabel, bensLabel));
    }

    /** A partial document: cid joins, heard on this line. */
    static String joins(String cidsLabel) {
        return document("partial", """
                  <participant participant_id="Y2lkLi4uLi4uLi4uLi4uLg=="><nameID aor="sip:cid@flows.example"><name>Cid</name></nameID></participant>
                  <stream stream_id="bGluZS1jaWQuLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="><label>%s</label></stream>
                  <participantsessionassoc participant_id="Y2lkLi4uLi4uLi4uLi4uLg==" session_id="YW5uLWFuZC1iZW4uLi4uLg=="/>
                  <participantstreamassoc participant_id="Y2lkLi4uLi4uLi4uLi4uLg=="><send>bGluZS1jaWQuLi4uLi4uLg==</send></participantstreamassoc>
                """.formatted(cidsLabel));
    }

    /** A partial document: the call of ann and ben is over. */
    static String over(String stopTime) {
        return document("partial", """
                  <session session_id="YW5uLWFuZC1iZW4uLi4uLg=="><stop-time>%s</stop-time></session>
                """.formatted(stopTime));
    }

    /** A document with this inside. */
    static String document(String dataMode, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<recording xmlns=\"urn:ietf:params:xml:ns:recording:1\">\n"
                + "  <datamode>" + dataMode + "</datamode>\n" + content + "</recording>\n";
    }
}
