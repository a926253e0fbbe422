package io.collimator.workflow.worklist;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A part of what a filter finds, by start.
 *
 * @param next where the next page begins; empty when this is the last one
 */
public record WorklistPage(List<ScheduledStep> steps, Optional<Position> next) {

    public WorklistPage {
        steps = List.copyOf(steps);
    }

    /** After this step, in the order of the store. */
    public record Position(LocalDateTime startAt, long id) {}
}
