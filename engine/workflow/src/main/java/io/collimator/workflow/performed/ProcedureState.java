package io.collimator.workflow.performed;

import io.collimator.workflow.worklist.StepStatus;
import java.util.Collection;
import java.util.List;

/** The procedure state of an accession; custody is another fact (contract, States). */
public enum ProcedureState {
    SCHEDULED,
    IN_PROGRESS,
    COMPLETED,
    DISCONTINUED,
    CANCELLED;

    /**
     * The state of an accession with these steps: any in progress, or some begun and not all ended, is IN_PROGRESS; none
     * begun is SCHEDULED; all ended is CANCELLED when all are, else COMPLETED when any is, else DISCONTINUED. A step that
     * was cancelled before it began does not make an accession begun, and one that only the order's side calls completed
     * says nothing of what a modality did.
     */
    public static ProcedureState of(Collection<StepStatus> all) {
        List<StepStatus> steps =
                all.stream().filter(status -> status != StepStatus.CLOSED).toList();
        boolean allEnded = !steps.isEmpty() && steps.stream().allMatch(StepStatus::isEnded);
        if (allEnded) {
            if (steps.stream().allMatch(StepStatus.CANCELLED::equals)) {
                return CANCELLED;
            }
            return steps.contains(StepStatus.COMPLETED) ? COMPLETED : DISCONTINUED;
        }
        return steps.stream().anyMatch(StepStatus::isBegun) ? IN_PROGRESS : SCHEDULED;
    }

    public boolean isEnded() {
        return this == COMPLETED || this == DISCONTINUED || this == CANCELLED;
    }
}
