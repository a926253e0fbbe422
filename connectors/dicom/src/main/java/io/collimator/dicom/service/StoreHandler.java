package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.MoveOriginator;
import io.collimator.dicom.dimse.Priority;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Answers C-STORE (PS3.7 §9.1.1). */
@FunctionalInterface
public interface StoreHandler {

    /**
     * Takes the instance; what it returns is the status of the response. The data set is read while it arrives: a handler
     * that reads slowly slows the peer, what it leaves unread is thrown away.
     *
     * @throws DimseException for a failure status such as A700H
     * @throws IOException when the data set cannot be read or kept; answered A700H
     */
    DimseStatus handle(StoreRequest request) throws IOException;

    /** Longest data set in bytes; a longer one breaks off with an {@link IOException} and is answered A700H. */
    default long maxDataSetBytes() {
        return 4L * 1024 * 1024 * 1024;
    }

    /**
     * A C-STORE-RQ.
     *
     * @param transferSyntax in which the data set is encoded; may be one that we cannot decode
     * @param moveOriginator whose C-MOVE caused it, when the peer says so
     * @param dataSet the encoded data set as it stands on the wire; only to be read before the handler returns
     */
    record StoreRequest(
            DicomAssociation association,
            Uid sopClass,
            Uid sopInstance,
            Uid transferSyntax,
            Priority priority,
            @Nullable MoveOriginator moveOriginator,
            InputStream dataSet) {}
}
