package io.collimator.workflow.worklist;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * What a query sees that does not say itself ({@code collimator.worklist.*}).
 *
 * @param zone the zone of local times
 * @param visibleStatuses what a query that names no status sees
 * @param hideAfterDays older steps that nobody began are hidden; 1 or more
 * @param maxResponses matches after which a query ends with a failure; 1 or more
 * @param maxCandidateRows rows that one query may look through for what the store cannot match; 1 or more
 * @param hideWithoutStation whether a query that names no station does not see steps that have none
 * @param timeWhenOnlyADate what is answered as the start time of a step that has only a date
 */
public record WorklistSettings(
        ZoneId zone,
        Set<StepStatus> visibleStatuses,
        int hideAfterDays,
        int maxResponses,
        int maxCandidateRows,
        boolean hideWithoutStation,
        LocalTime timeWhenOnlyADate) {

    /** With midnight as the time of a step that has only a date. */
    public WorklistSettings(
            ZoneId zone,
            Set<StepStatus> visibleStatuses,
            int hideAfterDays,
            int maxResponses,
            int maxCandidateRows,
            boolean hideWithoutStation) {
        this(
                zone,
                visibleStatuses,
                hideAfterDays,
                maxResponses,
                maxCandidateRows,
                hideWithoutStation,
                LocalTime.MIDNIGHT);
    }

    public WorklistSettings {
        visibleStatuses = Set.copyOf(visibleStatuses);
        if (hideAfterDays < 1 || maxResponses < 1 || maxCandidateRows < 1) {
            throw new IllegalArgumentException(
                    "collimator.worklist.hide-after-days is %d, max-responses %d and max-candidate-rows %d; each must be 1 or more."
                            .formatted(hideAfterDays, maxResponses, maxCandidateRows));
        }
    }
}
