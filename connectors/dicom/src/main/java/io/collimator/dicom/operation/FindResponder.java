package io.collimator.dicom.operation;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.FindHandler;
import io.collimator.dicom.service.FindHandler.FindRequest;
import io.collimator.dicom.service.Matches;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams the matches of a C-FIND: pulls one, writes it, and waits when the peer takes them slowly (PS3.4 §K.4.1). Runs on a
 * handler thread.
 */
final class FindResponder {

    private static final Logger LOG = LoggerFactory.getLogger(FindResponder.class);

    private final DicomAssociation association;
    private final RequestDecoder decoder;
    private final Answers answers;
    private final AnswerChannel channel;

    FindResponder(DicomAssociation association, RequestDecoder decoder, Answers answers, AnswerChannel channel) {
        this.association = association;
        this.decoder = decoder;
        this.answers = answers;
        this.channel = channel;
    }

    void respond(Operation operation, FindHandler handler) {
        FindRequest request = new FindRequest(
                association,
                operation.context().sopClass(),
                operation.request().messageId(),
                decoder.identifier(operation),
                operation);
        DimseStatus last;
        try (Matches matches = handler.find(request)) {
            last = stream(operation, matches);
        }
        answers.status(operation, last);
    }

    private DimseStatus stream(Operation operation, Matches matches) {
        DimseCommand.Response pending = answers.pending(
                operation, matches.hasUnsupportedOptionalKeys() ? DimseStatus.PENDING_WARNING : DimseStatus.PENDING);
        while (!operation.isCancelled()) {
            if (!matches.hasNext()) {
                return DimseStatus.SUCCESS;
            }
            DataSet match = matches.next();
            if (!awaitWritable()) {
                operation.cancel();
                association.abort();
            } else if (!operation.isCancelled()) {
                answers.match(operation, pending, match, matches.areAtHand());
            }
        }
        return DimseStatus.CANCEL;
    }

    private boolean awaitWritable() {
        try {
            boolean writable = channel.awaitWritable();
            if (!writable) {
                LOG.info("The peer takes no more C-FIND responses, or is gone; the search ends.");
            }
            return writable;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
