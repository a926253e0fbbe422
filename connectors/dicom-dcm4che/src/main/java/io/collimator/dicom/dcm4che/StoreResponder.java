package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreHandler.StoreRequest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.dcm4che3.net.PDVInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives C-STORE requests to their handler while their data set arrives (PS3.7 §9.1.1). While a C-GET of ours is under way,
 * its receiver takes them all. Runs on the thread that reads from the peer.
 */
final class StoreResponder {

    private static final Logger LOG = LoggerFactory.getLogger(StoreResponder.class);

    private final DicomAssociation association;
    private final ServiceHandlers handlers;
    private final ServiceDispatcher dispatcher;
    private final Answers answers;
    private volatile @Nullable StoreHandler receiver;

    StoreResponder(
            DicomAssociation association, ServiceHandlers handlers, ServiceDispatcher dispatcher, Answers answers) {
        this.association = association;
        this.handlers = handlers;
        this.dispatcher = dispatcher;
        this.answers = answers;
    }

    /** From now on this one takes every instance; null: the handlers do again. */
    void receiveWith(@Nullable StoreHandler given) {
        receiver = given;
    }

    /**
     * Reads and answers.
     *
     * @throws IOException when the data set did not arrive; the association cannot go on
     */
    void respond(Operation operation, PDVInputStream values, Socket socket, Duration pause) throws IOException {
        DimseStatus status;
        try {
            dispatcher.checkContext(operation);
            Uid sopClass = operation.context().sopClass();
            StoreHandler handler = ServiceDispatcher.orUnrecognized(
                    Optional.ofNullable(receiver).or(() -> handlers.store(sopClass)));
            ArrivingDataSet dataSet = new ArrivingDataSet(values, socket, pause, handler.maxDataSetBytes());
            status = store(operation, handler, dataSet);
            dataSet.finish();
        } catch (DimseException e) {
            new ArrivingDataSet(values, socket, pause, 0).finish();
            status = e.status();
        }
        answers.status(operation, status);
    }

    private DimseStatus store(Operation operation, StoreHandler handler, ArrivingDataSet dataSet) {
        CStoreRq request = (CStoreRq) operation.request();
        try {
            DimseStatus status = handler.handle(new StoreRequest(
                    association,
                    operation.context().sopClass(),
                    request.sopInstance(),
                    operation.context().transferSyntaxUid(),
                    request.priority(),
                    request.moveOriginator(),
                    dataSet));
            return dataSet.isTooLong() ? tooLong() : status;
        } catch (DimseException e) {
            return e.status();
        } catch (IOException e) {
            if (dataSet.isTooLong()) {
                return tooLong();
            }
            LOG.warn("Instance {} could not be stored: {}", request.sopInstance(), e.getMessage());
            return DimseStatus.of(Statuses.OUT_OF_RESOURCES, "The instance could not be stored");
        } catch (RuntimeException | Error e) {
            return dispatcher.failure(operation, e).status();
        }
    }

    private static DimseStatus tooLong() {
        return DimseStatus.of(Statuses.OUT_OF_RESOURCES, "The data set is longer than is allowed here");
    }
}
