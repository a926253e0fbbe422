package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.Matches;
import io.collimator.workflow.worklist.WorklistMatches;

/** The matches as the peer gets them, each in a character set that it can read and that holds every name. */
final class WorklistAnswer implements Matches {

    private final WorklistMatches matches;
    private final SpecificCharacterSet characterSet;

    WorklistAnswer(WorklistMatches matches, SpecificCharacterSet characterSet) {
        this.matches = matches;
        this.characterSet = characterSet;
    }

    @Override
    public boolean hasNext() {
        return matches.hasNext();
    }

    @Override
    public DataSet next() {
        return SpecificCharacterSet.declareFor(matches.next(), characterSet);
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
    }
}
