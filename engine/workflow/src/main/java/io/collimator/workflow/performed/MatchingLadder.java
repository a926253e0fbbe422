package io.collimator.workflow.performed;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scheduled step that an item of an MPPS was done for. The first rung that holds wins: step ID and Study UID;
 * step ID and accession number; Study UID and requested procedure ID, when there is no step ID; Study UID with one open
 * step; accession number with one open step; either with nothing but one cancelled step. Never by name. Whether the patient agrees is the caller's question.
 */
public final class MatchingLadder {

    private MatchingLadder() {}

    /** A step that was found. */
    public record Match(ScheduledStep step, boolean isByStepAndStudy) {}

    /**
     * Climbs the ladder.
     *
     * @param candidates steps of every accession that the keys could mean
     */
    public static Optional<Match> find(StepKeys keys, List<ScheduledStep> candidates) {
        return stepOf(keys, candidates)
                .map(step -> new Match(
                        step,
                        step.stepId().equals(keys.stepId())
                                && keys.study() != null
                                && keys.study().equals(studyOf(step))));
    }

    private static Optional<ScheduledStep> stepOf(StepKeys keys, List<ScheduledStep> candidates) {
        Predicate<ScheduledStep> sameStudy =
                step -> keys.study() != null && keys.study().equals(studyOf(step));
        Predicate<ScheduledStep> sameAccession = step -> step.accession().equals(keys.accession());
        if (!keys.stepId().isEmpty()) {
            Predicate<ScheduledStep> sameStep = step -> step.stepId().equals(keys.stepId());
            Optional<ScheduledStep> named = first(
                            candidates, sameStep.and(sameStudy).and(sameAccession))
                    .or(() -> first(candidates, sameStep.and(sameStudy)))
                    .or(() -> first(candidates, sameStep.and(sameAccession)));
            if (named.isPresent()) {
                return named;
            }
        } else if (!keys.requestedProcedureId().isEmpty()) {
            Predicate<ScheduledStep> sameProcedure = step ->
                    step.dataSet().text(Tags.RequestedProcedureID).strip().equals(keys.requestedProcedureId());
            Optional<ScheduledStep> ofProcedure = only(candidates, sameStudy.and(sameProcedure));
            if (ofProcedure.isPresent()) {
                return ofProcedure;
            }
        }
        return onlyOpen(candidates, sameStudy)
                .or(() -> onlyOpen(candidates, sameAccession))
                .or(() -> onlyCancelled(candidates, sameStudy))
                .or(() -> onlyCancelled(candidates, sameAccession));
    }

    private static Optional<ScheduledStep> first(List<ScheduledStep> steps, Predicate<ScheduledStep> rung) {
        return steps.stream().filter(rung).findFirst();
    }

    /** The one that fits, else the one open step among those that fit. */
    private static Optional<ScheduledStep> only(List<ScheduledStep> steps, Predicate<ScheduledStep> rung) {
        List<ScheduledStep> hits = steps.stream().filter(rung).toList();
        return hits.size() == 1 ? Optional.of(hits.get(0)) : onlyOpen(hits, step -> true);
    }

    private static Optional<ScheduledStep> onlyOpen(List<ScheduledStep> steps, Predicate<ScheduledStep> rung) {
        List<ScheduledStep> open = steps.stream()
                .filter(rung)
                .filter(step -> !step.status().isEnded())
                .toList();
        return open.size() == 1 ? Optional.of(open.get(0)) : Optional.empty();
    }

    private static Optional<ScheduledStep> onlyCancelled(List<ScheduledStep> steps, Predicate<ScheduledStep> rung) {
        List<ScheduledStep> hits = steps.stream().filter(rung).toList();
        return hits.size() == 1 && hits.get(0).status() == StepStatus.CANCELLED
                ? Optional.of(hits.get(0))
                : Optional.empty();
    }

    private static @Nullable Uid studyOf(ScheduledStep step) {
        return Uid.parse(step.dataSet().text(Tags.StudyInstanceUID)).orElse(null);
    }
}
