package io.collimator.dicom.operation;

import io.collimator.dicom.dimse.DimseCommand.Response;

/**
 * A response to a request of ours.
 *
 * @param dataSet in {@link RequestChannel#syntaxOf}; {@link Operation#NO_DATA_SET} when there is none
 */
public record Reply(Response response, byte[] dataSet) {

    /** Sizes only: the bytes may be patient data. */
    @Override
    public String toString() {
        return "Reply[%s, %d bytes]".formatted(response, dataSet.length);
    }
}
