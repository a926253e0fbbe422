package io.collimator.dicom.operation;

import java.io.InputStream;

/** The data set of a request that is answered while it arrives. */
public interface ArrivingDataSet {

    /**
     * Opens it for the one reader that it has.
     *
     * @param maxBytes reading breaks off after so many
     */
    InputStream open(long maxBytes);

    /** Whether a reader came upon more than it was allowed. */
    boolean isTooLong();

    /**
     * Throws away what the handler left and waits for its end: an answer must not overtake its request.
     *
     * @return false when the end does not come; the provider then ends the association, and nothing is to be answered
     */
    boolean finish();
}
