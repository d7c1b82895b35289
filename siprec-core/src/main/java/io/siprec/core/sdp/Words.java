package io.siprec.core.sdp;

import java.util.ArrayList;
import java.util.List;

/** The words of a line. By hand: a regular expression for each line is a good part of what reading an offer costs. */
final class Words {
    private Words() {}

    /** What stands between blanks and tabs, any number of them; the text is trimmed already. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>(8);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) <= ' ') {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
