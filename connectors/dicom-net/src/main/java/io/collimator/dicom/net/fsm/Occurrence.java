package io.collimator.dicom.net.fsm;

import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import org.jspecify.annotations.Nullable;

/**
 * An event with what belongs to it.
 *
 * @param pdu the PDU that was received, or that a local request asks to send
 * @param abortReason for a PDU out of place or invalid: the reason of the A-ABORT by the service provider
 */
public record Occurrence(FsmEvent event, @Nullable Pdu pdu, int abortReason) {

    /** A local or transport event without PDU. */
    public static Occurrence of(FsmEvent event) {
        return new Occurrence(event, null, Abort.UNEXPECTED_PDU);
    }

    /** A local request to send a PDU: Evt2 with the A-ASSOCIATE-RQ, Evt7, Evt8 and Evt9. */
    public static Occurrence of(FsmEvent event, Pdu pdu) {
        return new Occurrence(event, pdu, Abort.UNEXPECTED_PDU);
    }

    public static Occurrence received(Pdu pdu) {
        return new Occurrence(eventOf(pdu), pdu, Abort.UNEXPECTED_PDU);
    }

    /** Evt19 with the reason to abort for, for instance {@link Abort#INVALID_PDU_PARAMETER_VALUE}. */
    public static Occurrence invalidPdu(int abortReason) {
        return new Occurrence(FsmEvent.EVT19, null, abortReason);
    }

    private static FsmEvent eventOf(Pdu pdu) {
        if (pdu instanceof PDataTf) {
            return FsmEvent.EVT10;
        } else if (pdu instanceof AssociateAc) {
            return FsmEvent.EVT3;
        } else if (pdu instanceof AssociateRj) {
            return FsmEvent.EVT4;
        } else if (pdu instanceof AssociateRq) {
            return FsmEvent.EVT6;
        } else if (pdu instanceof ReleaseRq) {
            return FsmEvent.EVT12;
        }
        return pdu instanceof ReleaseRp ? FsmEvent.EVT13 : FsmEvent.EVT16;
    }
}
