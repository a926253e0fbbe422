package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.operation.AcceptedContext;
import org.jspecify.annotations.Nullable;

/**
 * A DIMSE message, complete but for a data set that is taken while it arrives.
 *
 * @param dataSet encoded in the transfer syntax of the context; no bytes when there is none or it is still arriving
 * @param stream a data set that is still arriving
 */
record Message(
        AcceptedContext context,
        DimseCommand command,
        byte[] dataSet,
        @Nullable IncomingDataSet stream) {

    /** Sizes only: the bytes may be patient data. */
    @Override
    public String toString() {
        return "Message[%s, %d bytes]".formatted(command, dataSet.length);
    }
}
