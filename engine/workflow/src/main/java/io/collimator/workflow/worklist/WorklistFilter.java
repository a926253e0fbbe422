package io.collimator.workflow.worklist;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store can narrow a worklist query down by: it may find more than the query matches, never less.
 *
 * @param statuses none of them: nothing is found
 * @param hiddenBefore steps that nobody began, with a start before this and ordered before {@code orderedBefore}, are
 *     hidden; local. A step without a time stands at the beginning of its day and is hidden only when that day is over
 * @param orderedBefore the same moment
 * @param from earliest start, local
 * @param to latest start, local
 * @param withStation only steps that have a station
 * @param keys for each column one of its filters has to hold; a column without filters matches everything
 */
public record WorklistFilter(
        Set<StepStatus> statuses,
        LocalDateTime hiddenBefore,
        Instant orderedBefore,
        Optional<LocalDateTime> from,
        Optional<LocalDateTime> to,
        boolean withStation,
        Map<Column, List<TextFilter>> keys) {

    public WorklistFilter {
        statuses = Set.copyOf(statuses);
        keys = Map.copyOf(keys);
    }

    /** The keys that stores keep in columns. */
    public enum Column {
        /** AE title in upper case; an entry may have several. */
        STATION,
        MODALITY,
        ACCESSION,
        PATIENT_ID,
        /** A component group of the patient's name, folded by {@link FoldedName}; an entry may have several. */
        NAME,
        REQUESTED_PROCEDURE,
        STEP_ID,
        STUDY
    }

    /** The filters of a column, none when it matches everything. */
    public List<TextFilter> filters(Column column) {
        return keys.getOrDefault(column, List.of());
    }
}
