package io.collimator.dicom.net.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of event and state against a transcript of PS3.8 Table 9-10 that was made apart from the code. */
class TransitionTableTest {

    private static final Map<String, String> TRANSCRIPT = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TransitionTableTest.class.getResourceAsStream("/ps3.8-table-9-10.csv")),
                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the event's name is in quotes where it has a comma
                String[] fields = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
                TRANSCRIPT.put(fields[0] + " " + fields[2], fields[3] + " " + fields[4]);
            }
        }
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(FsmEvent.values())
                .flatMap(event -> Arrays.stream(FsmState.values()).map(state -> Arguments.of(event, state)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyPair")
    void every_pair_is_as_the_standard_has_it(FsmEvent event, FsmState state) {
        String expected = TRANSCRIPT.get(event.label() + " " + state.label());

        String actual = TransitionTable.cell(event, state)
                .map(TransitionTableTest::text)
                .orElse(null);

        assertThat(actual).isEqualTo(expected);
    }

    private static String text(Transition cell) {
        String otherwise =
                cell.otherwise() == null ? "" : "|" + cell.otherwise().label();
        return cell.action().label() + " " + cell.next().label() + otherwise;
    }
}
