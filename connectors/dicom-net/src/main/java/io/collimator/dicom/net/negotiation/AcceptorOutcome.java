package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;

/** How an acceptor answers an A-ASSOCIATE-RQ. */
public sealed interface AcceptorOutcome {

    /** The association is there, possibly with every presentation context rejected, which is legal. */
    record Accepted(AssociateAc answer, Agreement agreement) implements AcceptorOutcome {}

    /** There is no association; the reason is a sentence for the log that says what to do. */
    record Rejected(AssociateRj answer, String reason) implements AcceptorOutcome {}
}
