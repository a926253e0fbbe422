package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.FindHandler;
import io.collimator.dicom.service.FindHandler.FindRequest;
import io.collimator.dicom.service.Matches;

/**
 * Streams the matches of a C-FIND: pulls one, writes it, and waits as long as the peer takes to read it (PS3.4 §K.4.1). Runs on
 * a handler thread.
 */
final class FindResponder {

    private final Session session;
    private final RequestDecoder decoder;
    private final Answers answers;

    FindResponder(Session session, RequestDecoder decoder, Answers answers) {
        this.session = session;
        this.decoder = decoder;
        this.answers = answers;
    }

    void respond(Operation operation, FindHandler handler) {
        FindRequest request = new FindRequest(
                session,
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
        DimseStatus pending = matches.hasUnsupportedOptionalKeys() ? DimseStatus.PENDING_WARNING : DimseStatus.PENDING;
        while (!operation.isCancelled()) {
            if (!matches.hasNext()) {
                return DimseStatus.SUCCESS;
            }
            DataSet match = matches.next();
            if (!operation.isCancelled()) {
                answers.match(operation, pending, match);
            }
        }
        return DimseStatus.CANCEL;
    }
}
