package io.collimator.engine.reload;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.mapping.MappingProblem;
import java.util.List;

/** What became of a change of the mapping. */
public sealed interface ChangeOutcome {

    /**
     * What would differ, or differs now.
     *
     * @param files a line for each file: {@code M tables/stations.csv}
     * @param diff unified, line by line
     * @param effects on the messages received last
     * @param authorities what becomes of the patients that are stored
     */
    record Effect(List<String> files, List<String> diff, Comparison effects, JsonNode authorities) {
        public Effect {
            files = List.copyOf(files);
            diff = List.copyOf(diff);
        }
    }

    /**
     * It runs.
     *
     * @param version the new one
     * @param notes what a person should know besides, for instance that a hand-edited file was overwritten
     */
    record Applied(int version, Effect effect, List<String> notes) implements ChangeOutcome {
        public Applied {
            notes = List.copyOf(notes);
        }
    }

    /** It would run; nothing was changed. */
    record Tried(int version, Effect effect) implements ChangeOutcome {}

    /** It runs already; nothing was changed. */
    record Unchanged(int version) implements ChangeOutcome {}

    /**
     * It is broken; nothing was changed.
     *
     * @param version the one that runs on
     */
    record Refused(int version, List<MappingProblem> findings) implements ChangeOutcome {
        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /** There is no such version. */
    record NoSuchVersion(int version) implements ChangeOutcome {}

    /** Another change is under way; nothing was changed. */
    record Busy() implements ChangeOutcome {}

    /**
     * The home cannot be written; nothing was changed.
     *
     * @param reason with what to do
     */
    record NotWritten(String reason) implements ChangeOutcome {}
}
