package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a rule made, and of what.
 *
 * @param source the one that said something; empty for a constant
 * @param sent the repetitions that it names in the message
 * @param text what an attribute or a profile said, "" for a field
 * @param row of the table that gave the value
 */
record Outcome(
        Produced produced, Optional<Source> source, List<SourceValue> sent, String text, Optional<ValueTable.Row> row) {

    static final Outcome NOTHING = of(new Produced.Absent());

    static Outcome of(Produced produced) {
        return new Outcome(produced, Optional.empty(), List.of(), "", Optional.empty());
    }

    /** Another value of less of what was sent. */
    Outcome of(Produced other, List<SourceValue> taken) {
        return new Outcome(other, source, taken, text, row);
    }

    /** Whether the message deletes the value, which another source may still say. */
    boolean isDeletion() {
        return produced instanceof Produced.Cleared;
    }

    boolean isAbsent() {
        return produced instanceof Produced.Absent;
    }

    String path() {
        if (sent.isEmpty()) {
            return source.map(Source::text).orElse("constant");
        }
        return sent.stream().map(SourceValue::path).distinct().collect(Collectors.joining(", "));
    }

    String raw() {
        return sent.isEmpty() ? text : sent.stream().map(Outcome::raw).collect(Collectors.joining("~"));
    }

    static String raw(SourceValue source) {
        if (source.isCleared()) {
            return "\"\"";
        }
        if (source.isText()) {
            return source.text();
        }
        if (source.component() > 0) {
            return source.value().orEmpty();
        }
        List<String> components = new ArrayList<>();
        for (int component = 1; component <= source.components(); component++) {
            components.add(source.component(component).orEmpty());
        }
        return String.join("^", components);
    }
}
