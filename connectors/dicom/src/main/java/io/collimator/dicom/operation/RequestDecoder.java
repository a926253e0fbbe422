package io.collimator.dicom.operation;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DimseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the data sets of the peer's requests. Thread-safe. */
final class RequestDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDecoder.class);

    private final PeerDataSets dataSets;

    RequestDecoder(PeerDataSets dataSets) {
        this.dataSets = dataSets;
    }

    /**
     * The identifier of a query, which has to be there.
     *
     * @throws DimseException C000H when it is missing or cannot be decoded
     */
    DataSet identifier(Operation operation) {
        if (!operation.request().hasDataSet()) {
            throw new DimseException(DimseStatus.of(Statuses.UNABLE_TO_PROCESS, "The identifier is missing"));
        }
        return decode(operation, Statuses.UNABLE_TO_PROCESS);
    }

    /**
     * The data set of an N service, empty when there is none.
     *
     * @throws DimseException 0110H when it cannot be decoded
     */
    DataSet attributes(Operation operation) {
        return operation.request().hasDataSet() ? decode(operation, Statuses.PROCESSING_FAILURE) : DataSet.empty();
    }

    private DataSet decode(Operation operation, int statusWhenUndecodable) {
        try {
            return dataSets.decode(operation.context().transferSyntax(), operation.dataSet());
        } catch (DicomDataException e) {
            LOG.info("The data set of a request cannot be decoded: {}", e.getMessage());
            Tag[] offending = e.tag().stream().toArray(Tag[]::new);
            throw new DimseException(
                    DimseStatus.of(statusWhenUndecodable, "The data set cannot be decoded", offending), e);
        }
    }
}
