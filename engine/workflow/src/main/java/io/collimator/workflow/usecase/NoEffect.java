package io.collimator.workflow.usecase;

import io.collimator.workflow.worklist.ScheduledStep;

/** What a person is told of a message that was accepted and shows on no worklist what it asked for. */
final class NoEffect {

    private NoEffect() {}

    /**
     * For the timeline and an exception.
     *
     * @param message the message, for instance {@code XO}
     * @param step as it stays
     */
    static String of(String message, ScheduledStep step) {
        return "%s was to schedule step %s of accession %s, which is %s, so no worklist shows it; %s"
                .formatted(message, step.stepId(), step.accession(), step.status(), next(step));
    }

    private static String next(ScheduledStep step) {
        return switch (step.status()) {
            case ON_HOLD -> "release the order (RL) to show it.";
            case UNSCHEDULED -> "send the start with the order, or a new appointment (S12, S13), to show it.";
            case CANCELLED -> "send NW to reinstate the order.";
            case COMPLETED, CLOSED -> "send a new order with numbers of its own for another exam.";
            case DISCONTINUED -> "send another start to do it again.";
            default -> "a modality works on it, and its times stay as they are.";
        };
    }
}
