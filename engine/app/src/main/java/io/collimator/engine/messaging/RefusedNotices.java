package io.collimator.engine.messaging;

import io.collimator.camel.hl7.Hl7AcknowledgementException;
import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.StepFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What receivers said, in their own words, to notices that then went to the dead letters: kept here until the exception is
 * raised, since a property of a message holds no patient data. Thread-safe.
 */
public final class RefusedNotices implements RouteListener {

    private static final int MAX_KEPT = 10_000;

    private final Map<String, String> words = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** The words to a notice, by outbox id; empty when there were none. */
    public synchronized String of(String outboxId) {
        return words.getOrDefault(outboxId, "");
    }

    @Override
    public void begun(Work work) {
        // only its end tells
    }

    @Override
    public void stepFailed(Work work, StepFailure failure) {
        // it may be tried again
    }

    @Override
    public synchronized void ended(Work work, End end, @Nullable StepFailure failure) {
        String said = end == End.GIVEN_UP && failure != null
                ? failure.answer()
                        .map(Hl7AcknowledgementException::receiverSays)
                        .orElse("")
                : "";
        if (!said.isEmpty() && !work.notice().isEmpty()) {
            words.put(work.notice(), said);
        }
    }
}
