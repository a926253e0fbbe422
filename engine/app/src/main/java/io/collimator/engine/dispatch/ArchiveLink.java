package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;

/** The way to the archive. */
@FunctionalInterface
public interface ArchiveLink {

    /**
     * Sends a commitment request and returns when the archive has answered it with success; its report comes later.
     *
     * @throws RuntimeException when the archive is not reached or refuses
     */
    void requestCommitment(AeTitle archive, DataSet actionInformation);
}
