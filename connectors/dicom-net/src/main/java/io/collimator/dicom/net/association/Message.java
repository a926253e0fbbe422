package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.negotiation.AcceptedContext;

/**
 * A complete DIMSE message.
 *
 * @param dataSet encoded in the transfer syntax of the context; no bytes when there is none
 */
record Message(AcceptedContext context, DimseCommand command, byte[] dataSet) {

    static final byte[] NO_DATA_SET = new byte[0];

    /** Sizes only: the bytes may be patient data. */
    @Override
    public String toString() {
        return "Message[%s, %d bytes]".formatted(command, dataSet.length);
    }
}
