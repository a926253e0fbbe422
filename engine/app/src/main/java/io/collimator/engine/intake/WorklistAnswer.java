package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.worklist.TooManyMatchesException;
import io.collimator.workflow.worklist.WorklistMatches;

/** The matches as the peer gets them, each in a character set that it can read and that holds every name. */
final class WorklistAnswer implements Matches {

    private static final int OUT_OF_RESOURCES = 0xA700;

    private final WorklistMatches matches;
    private final SpecificCharacterSet characterSet;

    WorklistAnswer(WorklistMatches matches, SpecificCharacterSet characterSet) {
        this.matches = matches;
        this.characterSet = characterSet;
    }

    @Override
    public boolean hasNext() {
        try {
            return matches.hasNext();
        } catch (TooManyMatchesException e) {
            throw new DimseException(DimseStatus.of(OUT_OF_RESOURCES, e.comment()), e);
        } catch (StorageException e) {
            throw WorklistIntake.storeIsAway(e);
        }
    }

    @Override
    public DataSet next() {
        return SpecificCharacterSet.declareFor(matches.next(), characterSet);
    }

    @Override
    public boolean hasUnsupportedOptionalKeys() {
        return matches.hasUnsupportedOptionalKeys();
    }

    @Override
    public void close() {
        matches.close();
    }
}
