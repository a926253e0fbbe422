package io.collimator.dicom.operation;

import io.collimator.dicom.codec.TransferSyntax;
import java.util.function.BiPredicate;

/**
 * Sends requests of ours and waits for their responses. Throws {@link io.collimator.dicom.service.AssociationException} when
 * the association ends before the last one came. Thread-safe.
 */
public interface RequestChannel {

    /**
     * Sends a request and takes its responses.
     *
     * @param responses takes a response, with what sends C-CANCEL; true: more are to come
     */
    void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses);

    /** Like {@link #exchange}, for a sub-operation of the request that is being answered: it does not wait for its end. */
    void subOperation(OutgoingRequest request, BiPredicate<Reply, Runnable> responses);

    /** In what the data set of a reply is handed over. */
    default TransferSyntax syntaxOf(AcceptedContext context) {
        return context.transferSyntax();
    }
}
