package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.AnswerChannel;
import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.util.function.BiFunction;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.PresentationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes responses by dcm4che; the calling thread waits until they are written. Thread-safe. */
final class Responses implements AnswerChannel {

    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

    private final Association association;
    private final WriteWatch watch;
    private final BiFunction<StoredInstance, StoreOptions, DimseStatus> subOperations;

    Responses(
            Association association,
            WriteWatch watch,
            BiFunction<StoredInstance, StoreOptions, DimseStatus> subOperations) {
        this.association = association;
        this.watch = watch;
        this.subOperations = subOperations;
    }

    /** Writes it; when the association is over the operation learns that it is no longer wanted. */
    @Override
    public void send(Operation operation, DimseCommand.Response response, byte[] dataSet) {
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

    /** Whoever sends has waited already. */
    @Override
    public boolean awaitWritable() {
        return true;
    }

    @Override
    public DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return subOperations.apply(instance, options);
    }

    @Override
    public TransferSyntax syntaxOf(AcceptedContext context) {
        return Wire.syntaxToWrite(context);
    }
}
