package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.operation.AnswerChannel;
import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.time.Duration;
import java.util.function.BiFunction;

/** Sends answers as P-DATA. */
final class AnswerSender implements AnswerChannel {

    private final MessageSender sender;
    private final Duration timeout;
    private final BiFunction<StoredInstance, StoreOptions, DimseStatus> subOperations;

    /**
     * @param timeout how long the peer may take nothing
     */
    AnswerSender(
            MessageSender sender,
            Duration timeout,
            BiFunction<StoredInstance, StoreOptions, DimseStatus> subOperations) {
        this.sender = sender;
        this.timeout = timeout;
        this.subOperations = subOperations;
    }

    @Override
    public void send(Operation operation, Response response, byte[] dataSet) {
        sender.send(operation.context(), response, dataSet);
    }

    @Override
    public void sendSoon(Operation operation, Response response, byte[] dataSet) {
        sender.sendSoon(operation.context(), response, dataSet);
    }

    @Override
    public boolean awaitWritable() throws InterruptedException {
        return sender.awaitWritable(timeout);
    }

    @Override
    public DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return subOperations.apply(instance, options);
    }
}
