package io.collimator.dicom.net.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of event and state against the transcript. */
class TransitionTableTest {

    private static final Map<String, StateTable.Cell> TRANSCRIPT = StateTable.cells().stream()
            .collect(Collectors.toMap(cell -> cell.event() + " " + cell.state(), Function.identity()));

    static Stream<Arguments> everyPair() {
        return Arrays.stream(FsmEvent.values())
                .flatMap(event -> Arrays.stream(FsmState.values()).map(state -> Arguments.of(event, state)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyPair")
    void every_pair_is_as_the_standard_has_it(FsmEvent event, FsmState state) {
        StateTable.Cell expected = TRANSCRIPT.get(event + " " + state);

        StateTable.Cell actual = TransitionTable.cell(event, state)
                .map(cell -> new StateTable.Cell(event, state, cell.action().label(), text(cell)))
                .orElse(null);

        assertThat(actual).isEqualTo(expected);
    }

    private static String text(Transition cell) {
        String otherwise =
                cell.otherwise() == null ? "" : "|" + cell.otherwise().label();
        return cell.next().label() + otherwise;
    }
}
