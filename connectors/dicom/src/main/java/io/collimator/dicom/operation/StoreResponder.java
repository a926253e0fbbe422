package io.collimator.dicom.operation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreHandler.StoreRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives C-STORE requests to their handler while their data set arrives (PS3.7 §9.1.1). While a C-GET of ours is under way,
 * its receiver takes them all.
 */
final class StoreResponder {

    private static final Logger LOG = LoggerFactory.getLogger(StoreResponder.class);

    private final DicomAssociation association;
    private final ServiceHandlers handlers;
    private volatile @Nullable StoreHandler receiver;

    StoreResponder(DicomAssociation association, ServiceHandlers handlers) {
        this.association = association;
        this.handlers = handlers;
    }

    /** From now on this one takes every instance; null: the handlers do again. */
    void receiveWith(@Nullable StoreHandler given) {
        receiver = given;
    }

    DimseStatus respond(Operation operation, CStoreRq request) {
        ArrivingDataSet dataSet = operation.arriving();
        if (dataSet == null) {
            throw new DimseException(DimseStatus.of(Statuses.UNABLE_TO_PROCESS, "The data set is missing"));
        }
        Uid sopClass = operation.context().sopClass();
        StoreHandler handler =
                ServiceDispatcher.orUnrecognized(Optional.ofNullable(receiver).or(() -> handlers.store(sopClass)));
        return store(operation, request, dataSet, handler);
    }

    private DimseStatus store(Operation operation, CStoreRq request, ArrivingDataSet dataSet, StoreHandler handler) {
        try (InputStream stream = dataSet.open(handler.maxDataSetBytes())) {
            DimseStatus status = handler.handle(new StoreRequest(
                    association,
                    operation.context().sopClass(),
                    request.sopInstance(),
                    operation.context().transferSyntaxUid(),
                    request.priority(),
                    request.moveOriginator(),
                    stream));
            return dataSet.isTooLong() ? tooLong() : status;
        } catch (IOException e) {
            if (dataSet.isTooLong()) {
                return tooLong();
            }
            LOG.warn("Instance {} could not be stored: {}", request.sopInstance(), e.getMessage());
            return DimseStatus.of(Statuses.OUT_OF_RESOURCES, "The instance could not be stored");
        }
    }

    private static DimseStatus tooLong() {
        return DimseStatus.of(Statuses.OUT_OF_RESOURCES, "The data set is longer than is allowed here");
    }
}
