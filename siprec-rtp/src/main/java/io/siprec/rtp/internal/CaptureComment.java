package io.siprec.rtp.internal;

/**
 * What the comment of a captured packet says of it.
 *
 * @param stream 0 for a packet of no stream
 * @param taken false for one that made no difference to the audio: a duplicate, or RTCP
 * @param newest its sequence number is the highest so far
 * @param skipped numbers that are missing right before it
 * @param sinceNanos it came in this time before its timestamp
 */
record CaptureComment(int stream, boolean taken, boolean newest, int skipped, long sinceNanos) {
    static final String STREAM = "stream=";
    static final String SINCE = " since=";
    static final String NEWEST = " newest";
    static final String LOST = " lost=";
    static final String DUPLICATE = " duplicate";
    static final String RTCP = " rtcp";

    static CaptureComment parse(String comment) {
        return new CaptureComment(
                (int) number(comment, STREAM),
                comment.contains(SINCE),
                comment.contains(NEWEST),
                (int) number(comment, LOST),
                number(comment, SINCE));
    }

    private static long number(String comment, String name) {
        int at = comment.indexOf(name);
        int from = at + name.length();
        int end = from;
        while (at >= 0 && end < comment.length() && comment.charAt(end) >= '0' && comment.charAt(end) <= '9') {
            end++;
        }
        return at < 0 ? 0 : Long.parseLong(comment.substring(from, end));
    }
}
