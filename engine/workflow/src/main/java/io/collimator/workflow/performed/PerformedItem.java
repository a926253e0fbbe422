package io.collimator.workflow.performed;

import io.collimator.workflow.order.AccessionNumber;
import org.jspecify.annotations.Nullable;

/**
 * One of the steps that a performed step was done for, and what it is linked to.
 *
 * @param keys as the modality gave them
 * @param accession only when linked
 * @param scheduledStepId null when it is an unscheduled step of the accession, or not linked
 */
public record PerformedItem(
        StepKeys keys,
        Link link,
        @Nullable AccessionNumber accession,
        @Nullable String scheduledStepId) {

    /** How it stands with the link. */
    public enum Link {
        /** Belongs to nothing that we know. */
        UNMATCHED,
        /** Counts for its accession. */
        LINKED,
        /** Another patient's: a person has to look. */
        MISMATCH,
        /** Done on the wrong worklist entry: counts for nothing. */
        WITHDRAWN
    }

    public static PerformedItem unmatched(StepKeys keys) {
        return new PerformedItem(keys, Link.UNMATCHED, null, null);
    }

    public PerformedItem linked(AccessionNumber toAccession, @Nullable String toStep) {
        return new PerformedItem(keys, Link.LINKED, toAccession, toStep);
    }

    public PerformedItem unlinked(Link why) {
        return new PerformedItem(keys, why, null, null);
    }
}
