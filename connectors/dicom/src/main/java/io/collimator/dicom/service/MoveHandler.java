package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.Priority;

/** Answers C-MOVE (PS3.7 §9.1.4). */
@FunctionalInterface
public interface MoveHandler {

    /**
     * Says what is sent and who opens the second association, the one to the move destination. The provider then sends
     * instance after instance, counts, honours C-CANCEL, and closes both in the end.
     *
     * @throws DimseException for a final failure status such as A801H (move destination unknown)
     */
    Move move(MoveRequest request);

    /** Opens the association to a move destination. */
    @FunctionalInterface
    interface DestinationConnector {

        /**
         * Opens it with presentation contexts for the instances to come; called once, before the first of them.
         *
         * @throws AssociationException when the destination cannot be reached or refuses; answered A702H
         */
        DicomAssociation connect();
    }

    /**
     * A move under way.
     *
     * @param connector opens the second association; not asked when there are no instances
     */
    record Move(StoredInstances instances, DestinationConnector connector) {}

    /**
     * A C-MOVE-RQ.
     *
     * @param destination AE title to which the instances go
     * @param identifier the keys; decoded to Unicode
     * @param cancellation turns true once the peer sent C-CANCEL or is gone
     */
    record MoveRequest(
            DicomAssociation association,
            Uid sopClass,
            int messageId,
            Priority priority,
            AeTitle destination,
            DataSet identifier,
            Cancellation cancellation) {}
}
