package io.collimator.workflow.accession;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.performed.ProcedureState;
import org.jspecify.annotations.Nullable;

/**
 * One accession: one patient, at most one order, and two states that are never mixed.
 *
 * @param studyInstanceUid null until an order or an MPPS brought one
 * @param placer null when the order has no placer number or there is no order
 * @param filler null when the order has no filler number or there is no order
 * @param orderStatus null when it is known from MPPS alone
 */
public record Accession(
        AccessionNumber number,
        Patient patient,
        @Nullable Uid studyInstanceUid,
        @Nullable String requestedProcedureId,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable OrderStatus orderStatus,
        ProcedureState procedureState,
        CustodyState custodyState) {

    public boolean isOrdered() {
        return orderStatus != null;
    }

    public Accession withStates(ProcedureState procedure, CustodyState custody) {
        return new Accession(
                number,
                patient,
                studyInstanceUid,
                requestedProcedureId,
                placer,
                filler,
                orderStatus,
                procedure,
                custody);
    }

    public Accession withPlacer(OrderNumber number) {
        return new Accession(
                this.number,
                patient,
                studyInstanceUid,
                requestedProcedureId,
                number,
                filler,
                orderStatus,
                procedureState,
                custodyState);
    }

    public Accession withPatient(Patient newPatient) {
        return new Accession(
                number,
                newPatient,
                studyInstanceUid,
                requestedProcedureId,
                placer,
                filler,
                orderStatus,
                procedureState,
                custodyState);
    }

    public Accession withOrderStatus(OrderStatus status) {
        return new Accession(
                number,
                patient,
                studyInstanceUid,
                requestedProcedureId,
                placer,
                filler,
                status,
                procedureState,
                custodyState);
    }
}
