package io.collimator.dicom.dcm4che;

import io.collimator.dicom.dimse.DimseCommand;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.PresentationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes responses by dcm4che; the calling thread waits until they are written. Thread-safe. */
final class Responses {

    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

    private final Association association;
    private final WriteWatch watch;

    Responses(Association association, WriteWatch watch) {
        this.association = association;
        this.watch = watch;
    }

    /** Writes it; when the association is over the operation learns that it is no longer wanted. */
    void write(Operation operation, DimseCommand.Response response, byte[] dataSet) {
        AcceptedContext context = operation.context();
        PresentationContext agreed = association.getAAssociateAC().getPresentationContext(context.id());
        Attributes encoded = response.hasDataSet() ? Wire.encoded(dataSet, context) : null;
        if (!response.status().isPending()) {
            association.removeCancelRQHandler(operation.request().messageId());
        }
        watch.begin();
        try {
            association.writeDimseRSP(agreed, Wire.commandSet(response), encoded);
        } catch (IOException e) {
            LOG.debug("A response was not written, the association is over: {}", e.getMessage());
            operation.cancel();
        } finally {
            watch.end();
        }
    }
}
