package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an accession shows of the entry that an order has just brought or changed. */
final class AccessionOfEntry {

    private AccessionOfEntry() {}

    /** Study and requested procedure are those of the first step. */
    static Accession of(AccessionDraft draft, ScheduledStep step, OrderGroup group) {
        DataSet entry = step.dataSet();
        boolean isFirst = draft.steps().stream().allMatch(other -> other.ordinal() >= step.ordinal());
        Optional<Accession> leading = draft.ordered().filter(accession -> !isFirst);
        Optional<Accession> known = draft.current();
        Optional<Accession> ordered = draft.ordered();
        Numbers numbers = numbersOf(ordered, group);
        Patient patient = new Patient(
                PatientId.in(entry).orElseThrow(),
                entry.text(Tags.PatientName),
                entry.text(Tags.PatientBirthDate),
                entry.text(Tags.PatientSex));
        return new Accession(
                draft.number(),
                patient,
                leading.map(Accession::studyInstanceUid).orElseGet(() -> new Uid(entry.text(Tags.StudyInstanceUID))),
                leading.map(Accession::requestedProcedureId).orElseGet(() -> entry.text(Tags.RequestedProcedureID)),
                numbers.placer(),
                numbers.filler(),
                ordered.map(Accession::orderStatus).orElse(null),
                known.map(Accession::procedureState).orElse(ProcedureState.SCHEDULED),
                known.map(Accession::custodyState).orElse(CustodyState.NONE));
    }

    private record Numbers(
            @Nullable OrderNumber placer, @Nullable OrderNumber filler) {}

    /** The order's own, those of the order that takes its place; a child that joins leaves them as they are. */
    private static Numbers numbersOf(Optional<Accession> ordered, OrderGroup group) {
        if (ordered.isEmpty() || group.action() == OrderAction.REPLACEMENT) {
            return new Numbers(group.placer(), group.filler());
        }
        Accession known = ordered.get();
        if (!group.isOrderOf(known)) {
            return new Numbers(known.placer(), known.filler());
        }
        return new Numbers(
                group.placer() != null ? group.placer() : known.placer(),
                group.filler() != null ? group.filler() : known.filler());
    }
}
