package io.siprec.sip.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopDelayTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # samples: at ms/delay ms, and at ms? to ask     | late  | why
            100/2 200/3 1000/1 1001?                         | n     | all is well
            3000/3000 3001/0 3100/1 3101?                    | n     | one pause of the machine is no reason
            3000/3000 9000/3000 9001?                        | n     | two pauses with quiet between them neither
            1000/500 1200/600 1400/600 1401?                 | n     | not for long enough yet
            1000/500 1200/600 1400/600 1500/600 1501?        | y     | half a second of it
            1000/900 1900/900 1901?                          | y     | turns that are themselves long
            1000/500 1500/500 1800/300 2300/300 2301?        | y     | once late, half the mark keeps it so
            1000/500 1500/500 1800/200 2400/200 2500?        | n     | below half the mark for a second
            1000/500 1500/500 2499? 2500?                    | y n   | an idle loop is not late
            1000/500 1500/500 4000? 4100/500 4101?           | n n   | it has to begin anew
            """)
    void saysLateOnlyWhenDelaysGoOn(String samples, String late, String why) {
        LoopDelay delay = new LoopDelay(Duration.ofMillis(500));
        StringBuilder said = new StringBuilder();
        for (String step : samples.split(" ")) {
            if (step.endsWith("?")) {
                long nowNs = ns(step.substring(0, step.length() - 1));
                said.append(delay.late(nowNs) ? "y " : "n ");
            } else {
                delay.sample(ns(step.substring(step.indexOf('/') + 1)), ns(step.substring(0, step.indexOf('/'))));
            }
        }
        assertThat(said.toString().trim()).as(why).isEqualTo(late);
    }

    private static long ns(String millis) {
        return Long.parseLong(millis) * 1_000_000;
    }
}
