package io.collimator.dicom.operation;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;

/** What answering needs of an association. Thread-safe. */
public interface AnswerChannel {

    /**
     * Sends a response; dropped when the association is over.
     *
     * @param dataSet in {@link #syntaxOf}; {@link Operation#NO_DATA_SET} where the response has none
     */
    void send(Operation operation, Response response, byte[] dataSet);

    /** Like {@link #send}, where another response follows at once: it may be kept until then, so that they travel together. */
    default void sendSoon(Operation operation, Response response, byte[] dataSet) {
        send(operation, response, dataSet);
    }

    /**
     * Waits until the peer has taken what was sent before, but for a bounded rest.
     *
     * @return false when it takes nothing any more, or is gone
     */
    boolean awaitWritable() throws InterruptedException;

    /** C-STORE on this association, as a sub-operation of the C-GET that is being answered. */
    DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options);

    /** In what the data set of a response is handed over. */
    default TransferSyntax syntaxOf(AcceptedContext context) {
        return context.transferSyntax();
    }
}
