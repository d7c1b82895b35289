package io.siprec.benchmarks.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The messages that are measured, as files with line feeds and a place for their Content-Length. */
final class SampleMessages {
    private SampleMessages() {}

    static byte[] load(String name) throws IOException {
        try (InputStream in = SampleMessages.class.getResourceAsStream(name + ".sip")) {
            if (in == null) {
                throw new FileNotFoundException(name + ".sip");
            }
            String text = new String(in.readAllBytes(), UTF_8).replace("\n", "\r\n");
            int bodyLength = text.length() - text.indexOf("\r\n\r\n") - 4; // the samples are ASCII
            return text.replace("@LENGTH@", Integer.toString(bodyLength)).getBytes(UTF_8);
        }
    }
}
