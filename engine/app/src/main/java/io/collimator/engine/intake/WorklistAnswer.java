package io.collimator.engine.intake;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.Matches;
import io.collimator.workflow.worklist.WorklistMatches;
import java.util.function.Supplier;

/** The matches as the peer gets them, each in a character set that it can read or else that holds every name. */
final class WorklistAnswer implements Matches {

    private final WorklistMatches matches;
    private final AnswerFallback fallback;
    private final Supplier<DataSet> entry;

    WorklistAnswer(WorklistMatches matches, AnswerFallback fallback) {
        this.matches = matches;
        this.fallback = fallback;
        this.entry = matches::entry;
    }

    @Override
    public boolean hasNext() {
        return matches.hasNext();
    }

    @Override
    public DataSet next() {
        return fallback.declared(matches.next(), entry);
    }

    @Override
    public boolean hasUnsupportedOptionalKeys() {
        return matches.hasUnsupportedOptionalKeys();
    }

    /** They were found before the first one is sent. */
    @Override
    public boolean areAtHand() {
        return true;
    }

    @Override
    public void close() {
        matches.close();
        fallback.tell();
    }
}
