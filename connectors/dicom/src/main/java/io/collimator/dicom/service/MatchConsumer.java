package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;

/** Takes the matches of a C-FIND as they come. While it works, no more than a bounded number of them is read. */
@FunctionalInterface
public interface MatchConsumer {

    /**
     * Takes a match on the thread that asked.
     *
     * @return false to stop the search: C-CANCEL is sent, and what still comes is passed over
     */
    boolean accept(DataSet match);
}
