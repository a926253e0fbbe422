package io.collimator.camel.hl7;

import java.util.ArrayList;
import java.util.List;

/** MSH-10 of messages, to be named in one line of the log. */
final class ControlIds {

    private static final int MAX_SHOWN = 1_000;

    private final List<String> shown = new ArrayList<>();
    private int count;

    /** Of a batch: each of its messages. */
    void add(MllpRequest request) {
        for (String controlId : request.controlIds()) {
            count++;
            if (shown.size() < MAX_SHOWN) {
                shown.add(controlId.isEmpty() ? "(none)" : controlId);
            }
        }
    }

    int count() {
        return count;
    }

    /** The first thousand. */
    @Override
    public String toString() {
        String more = count > shown.size() ? " and %d more".formatted(count - shown.size()) : "";
        return String.join(", ", shown) + more;
    }
}
