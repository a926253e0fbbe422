package io.collimator.workflow.usecase;

import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.AcceptedAdt.Effect;
import io.collimator.workflow.usecase.PatientEntries.Changed;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes patient numbers one (A40) or changes a number (A47): records, accessions, entries and results in one transaction;
 * what modalities reported stays as it is, and its links too. Thread-safe.
 */
public final class MergePatients {

    private final AcceptOrder.Context context;
    private final PerformedStepLinks links;
    private final AccessionProgress progress;

    public MergePatients(AcceptOrder.Context context, PerformedStepLinks links) {
        this.context = context;
        this.links = links;
        this.progress = new AccessionProgress(context.notices());
    }

    /**
     * Applies the message: all of its pairs, or none. A merge that was made already changes nothing.
     *
     * @throws io.collimator.workflow.order.OrderRefusedException when a number is missing (101), or a merge would be
     *     circular, reversed or a second one of the same number (205); nothing is stored then
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public AcceptedAdt merge(MergeMessage message) {
        List<NumberedPair> pairs = NumberedPair.of(message);
        SortedSet<PatientId> numbers = new TreeSet<>();
        for (NumberedPair pair : pairs) {
            numbers.add(pair.survivor());
            numbers.add(pair.prior());
        }
        return AdtMessages.accept(
                context,
                message.reception(),
                session -> session.patients().lock(numbers),
                (session, locked) -> apply(session, message.reception(), pairs));
    }

    private Effect apply(Session session, Reception reception, List<NumberedPair> pairs) {
        PatientMerging merging =
                new PatientMerging(session, reception, context.clock().instant());
        pairs.forEach(merging::apply);
        if (merging.merges().isEmpty()) {
            return Effect.NOTHING_NEW;
        }
        List<Changed> changed = PatientEntries.refresh(session, merging.told());
        for (Changed accession : changed) {
            note(session, reception, accession);
            if (accession.taken() && accession.after().isOrdered()) {
                // what a modality reported under the survivor's number may belong here now
                links.relink(session, accession.number());
                progress.refresh(session, Optional.of(accession.before()), accession.after());
            }
        }
        context.notices()
                .patientMerged(session, new Notice.PatientMerged(merging.merges(), UpdatePatient.numbers(changed)));
        return Effect.CHANGED;
    }

    private void note(Session session, Reception reception, Changed changed) {
        String by = "Message %s of %s"
                .formatted(reception.key().controlId(), reception.key().sender());
        context.notices()
                .timeline(
                        session,
                        changed.number(),
                        changed.taken() ? EventType.PATIENT_MERGED.label() : EventType.PATIENT_UPDATED.label(),
                        changed.taken()
                                ? by + " merged the patient's number into another one, which it has now"
                                : by
                                        + " merged another number into the patient's and changed what is known of the patient");
        AdtMessages.noteWarnings(context.notices(), session, reception, changed.number());
    }
}
