package io.collimator.engine.intake;

import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.mapping.MappingWarning;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.CommitReceipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that committed.
 *
 * @param receipt of its commit
 * @param stale whether it was older than what is stored, so that it changed nothing
 * @param response null: a plain acknowledgement
 * @param warnings what was put right or left out
 */
record HandledMessage(
        CommitReceipt receipt,
        Repetition repetition,
        boolean stale,
        @Nullable OrderResponse response,
        List<MappingWarning> warnings) {

    HandledMessage {
        warnings = List.copyOf(warnings);
    }
}
