package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.RejectedContexts;
import io.collimator.dicom.service.AssociationOptions;
import java.util.List;

/**
 * What both sides agreed on.
 *
 * @param peer the other side's AE title
 * @param rejected the contexts that are not among them, of an association that we accepted
 * @param maxOperationsInvoked requests of ours that may be outstanding, at least 1
 * @param maxOperationsPerformed requests of the peer that may be outstanding, at least 1
 */
record Agreement(
        AeTitle calling,
        AeTitle called,
        AeTitle peer,
        List<AcceptedContext> contexts,
        RejectedContexts rejected,
        int maxOperationsInvoked,
        int maxOperationsPerformed,
        AssociationOptions options) {

    Agreement {
        contexts = List.copyOf(contexts);
    }

    /** The smaller window; 0 is no bound (PS3.7 §D.3.3.3). */
    static int smaller(int proposed, int allowed) {
        return proposed == 0 ? allowed : Math.min(proposed, allowed);
    }
}
