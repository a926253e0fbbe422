package io.collimator.dicom.operation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.MoveOriginator;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.GetHandler;
import io.collimator.dicom.service.GetHandler.GetRequest;
import io.collimator.dicom.service.MoveHandler;
import io.collimator.dicom.service.MoveHandler.Move;
import io.collimator.dicom.service.MoveHandler.MoveRequest;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstances;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the sub-operations of a C-MOVE or C-GET of the peer (PS3.4 §C.4.2, §C.4.3): one C-STORE after the other, with a
 * pending response after each. Runs on a handler thread.
 */
final class RetrieveResponder {

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveResponder.class);

    private final DicomAssociation association;
    private final AeTitle peer;
    private final RequestDecoder decoder;
    private final Answers answers;
    private final AnswerChannel channel;

    RetrieveResponder(Answering answering, RequestDecoder decoder, Answers answers) {
        this.association = answering.association();
        this.peer = answering.dataSets().peer();
        this.channel = answering.channel();
        this.decoder = decoder;
        this.answers = answers;
    }

    void get(Operation operation, CGetRq request, GetHandler handler) {
        DataSet identifier = decoder.identifier(operation);
        StoreOptions options = new StoreOptions(request.priority(), null);
        RetrieveProgress progress;
        try (StoredInstances instances = handler.get(new GetRequest(
                association,
                operation.context().sopClass(),
                request.messageId(),
                request.priority(),
                identifier,
                operation))) {
            progress = new RetrieveProgress(operation, answers, instances);
            progress.perform(instance -> channel.storeAsSubOperation(instance, options));
        }
        progress.answer();
    }

    void move(Operation operation, CMoveRq request, MoveHandler handler) {
        DataSet identifier = decoder.identifier(operation);
        Move move = handler.move(new MoveRequest(
                association,
                operation.context().sopClass(),
                request.messageId(),
                request.priority(),
                request.destination(),
                identifier,
                operation));
        RetrieveProgress progress;
        try (StoredInstances instances = move.instances()) {
            progress = new RetrieveProgress(operation, answers, instances);
            if (progress.hasNext()) {
                send(move, request, progress);
            }
        }
        progress.answer();
    }

    private void send(Move move, CMoveRq request, RetrieveProgress progress) {
        StoreOptions options = new StoreOptions(request.priority(), new MoveOriginator(peer, request.messageId()));
        try (DicomAssociation destination = move.connector().connect()) {
            progress.perform(instance -> destination.store(instance, options));
        } catch (AssociationException e) {
            LOG.info("No association to move destination {}: {}", request.destination(), e.getMessage());
            progress.failAll("No association to the move destination");
        }
    }
}
