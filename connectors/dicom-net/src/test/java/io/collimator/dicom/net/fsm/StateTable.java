package io.collimator.dicom.net.fsm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The transcript of PS3.8 Table 9-10 that was made apart from the code ({@code ps3.8-table-9-10.csv}). */
public final class StateTable {

    /**
     * A cell that is not empty.
     *
     * @param next one state, or two with {@code |} between them where the action decides
     */
    public record Cell(FsmEvent event, FsmState state, String action, String next) {

        @Override
        public String toString() {
            return "%s in %s: %s, %s".formatted(event.label(), state.label(), action, next);
        }
    }

    private StateTable() {}

    public static List<Cell> cells() {
        try (InputStream file = Objects.requireNonNull(StateTable.class.getResourceAsStream("/ps3.8-table-9-10.csv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(StateTable::cell)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cell cell(String line) {
        // the event's name is in quotes where it has a comma
        String[] fields = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
        return new Cell(
                FsmEvent.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                FsmState.valueOf(fields[2].toUpperCase(Locale.ROOT)),
                fields[3],
                fields[4]);
    }
}
