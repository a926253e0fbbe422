package io.collimator.dicom.service;

import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.data.AeTitle;

/**
 * Told of each data set of a peer that was read although it breaks the standard, in a request or in an answer. Called on
 * the thread that reads: it must answer at once and must not throw.
 */
@FunctionalInterface
public interface SloppinessReport {

    /** @param notes what was sloppy, at least one thing; only to be read before this returns */
    void sloppy(AeTitle peer, ReadingNotes notes);
}
