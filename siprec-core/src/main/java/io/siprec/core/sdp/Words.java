package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.List;

/** The words of a line. By hand: a regular expression for each line is a good part of what reading an offer costs. */
final class Words {
    private Words() {}

    /** What stands between blanks, any number of them; the text is trimmed already. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>(8);
        int start = 0;
        while (start < text.length()) {
            int blank = text.indexOf(' ', start);
            int end = blank < 0 ? text.length() : blank;
            if (end > start) {
                words.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }
}
