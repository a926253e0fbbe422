package io.collimator.workflow.performed;

import io.collimator.workflow.worklist.StepStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Performed Procedure Step Status (0040,0252) (PS3.3 §C.4.14). */
public enum PerformedStatus {
    IN_PROGRESS("IN PROGRESS", StepStatus.STARTED),
    COMPLETED("COMPLETED", StepStatus.COMPLETED),
    DISCONTINUED("DISCONTINUED", StepStatus.DISCONTINUED);

    private final String term;
    private final StepStatus stepStatus;

    PerformedStatus(String term, StepStatus stepStatus) {
        this.term = term;
        this.stepStatus = stepStatus;
    }

    /** The defined term, exactly: other case or spelling is no status. */
    public static Optional<PerformedStatus> ofTerm(String term) {
        return Arrays.stream(values())
                .filter(status -> status.term.equals(term.strip()))
                .findFirst();
    }

    public String term() {
        return term;
    }

    public boolean isFinal() {
        return this != IN_PROGRESS;
    }

    /** What it means for the step that was performed. */
    public StepStatus stepStatus() {
        return stepStatus;
    }

    /**
     * The status of a scheduled step on which these were performed, one after the other or at once: in progress while any
     * is, else completed when any was, else discontinued; empty when none was.
     */
    public static Optional<StepStatus> stepStatusOf(Collection<PerformedStatus> performed) {
        return Arrays.stream(values()).filter(performed::contains).findFirst().map(PerformedStatus::stepStatus);
    }
}
