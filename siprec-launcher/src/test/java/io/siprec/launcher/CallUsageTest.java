package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CallUsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            CallCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # arguments                                | the line names           | and the remedy
            ``                                         | 'SIP-URI'                | --help
            sip:127.0.0.1 --loud                       | '--loud'                 | --help
            sip:127.0.0.1 --streams 0                  | '--streams'              | '0' is not a number of streams; give 1 to 8
            sip:127.0.0.1 --streams 9                  | '--streams'              | '9' is not a number of streams; give 1 to 8
            sip:127.0.0.1 --streams two                | '--streams'              | 'two' is not a number of streams; give 1 to 8
            sip:127.0.0.1 --seconds 0                  | '--seconds'              | '0' is not a time; give seconds from 0.02 to 86400, like 5 or 2.5
            sip:127.0.0.1 --seconds 0.019              | '--seconds'              | '0.019' is not a time
            sip:127.0.0.1 --seconds -1                 | '--seconds'              | seconds
            sip:127.0.0.1 --seconds 86401              | '--seconds'              | give seconds from 0.02 to 86400
            sip:127.0.0.1 --seconds 1e3                | '--seconds'              | '1e3' is not a time
            sip:127.0.0.1 --codec opus                 | '--codec'                | 'opus' can't be sent; give pcmu or pcma
            sip:127.0.0.1 --audio none.wav             | --audio                  | no file 'none.wav'; give an 8 kHz WAV file
            sip:127.0.0.1 --streams 1 --audio a,b      | --audio names 2 files    | for 1 streams; name fewer, or set --streams
            sip:127.0.0.1 --audio a,b,c,d,e,f,g,h,i    | --audio names 9 files    | for 8 streams; name fewer
            sip:127.0.0.1 --user u                     | --user and --password-file | give both
            sip:127.0.0.1 --password-file f            | --user and --password-file | give both
            sip:127.0.0.1 --user u --password-file f   | no file 'f'              | write the password to one
            sip:127.0.0.1 --user u --password-file .   | '.' can't be read        | give a text file
            sip:127.0.0.1 --user u --password-file /dev/null | '/dev/null' has no first line | write the password there
            127.0.0.1:5060                             | 127.0.0.1:5060           | a SIP URI like sip:127.0.0.1:5060
            tel:+15550100                              | tel:+15550100            | a SIP URI like sip:127.0.0.1:5060
            sip:127.0.0.1:5060;transport=sctp          | "sctp"                   | transport must be udp, tcp or tls
            """)
    void wrongUsageIsOneLineThatNamesValueAndRemedy(String arguments, String named, String remedy) {
        assertThat(run(arguments)).isEqualTo(2);
        assertOneLine(named, remedy);
    }

    @ParameterizedTest(name = "{0} Hz, {1} samples")
    @CsvSource(delimiter = '|', textBlock = """
            44100 | 10 | has 44100 samples a second, a call has 8000; convert it with: sox
            16000 | 10 | -r 8000 -c 1 -b 16 out.wav
            8000  |  0 | holds no audio
            """)
    void audioThatCannotBeSentIsNamedWithItsRemedy(int rateHz, int samples, String remedy, @TempDir Path folder)
            throws IOException {
        Path file = wav(folder.resolve("in.wav"), rateHz, samples);
        assertThat(command.execute("sip:127.0.0.1", "--audio", file.toString())).isEqualTo(2);
        assertOneLine("in.wav", remedy);
    }

    @Test
    void fileThatIsNoWavIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("song.wav"), "la la la");
        assertThat(command.execute("sip:127.0.0.1", "--audio", file.toString())).isEqualTo(2);
        assertOneLine("song.wav", "give an 8 kHz WAV file");
    }

    @Test
    void folderIsNoWavEither(@TempDir Path folder) {
        assertThat(command.execute("sip:127.0.0.1", "--audio", folder.toString()))
                .isEqualTo(2);
        assertOneLine("--audio: '" + folder + "' can't be used: ", "give an 8 kHz WAV file");
    }

    @Test
    void hostThatNobodyKnowsIsOneLine() {
        assertThat(run("sip:recorder.invalid:5060")).isEqualTo(1);
        assertOneLine("sip:recorder.invalid:5060", "check its name, or give an IP address");
    }

    @Test
    void helpListsTheOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("SIP-URI", "--tcp", "--streams", "--seconds", "--audio", "--codec");
    }

    private int run(String arguments) {
        return command.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("call: ").contains(parts).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    private static Path wav(Path file, int rateHz, int samples) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(rateHz);
        out.putInt(rateHz * 2).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return Files.write(file, out.array());
    }
}
