package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.OtherPatientIds;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.Patients.Known;
import io.collimator.workflow.port.Patients.Unmerged;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions.Committed;
import io.collimator.workflow.usecase.PatientEntries.Changed;
import io.collimator.workflow.usecase.PatientEntries.Told;
import io.collimator.workflow.worklist.ScheduledStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a person corrects about patients' numbers: a merge taken back, an authority that was never named. Thread-safe. */
public final class CorrectPatients {

    private final AcceptOrder.Context context;

    public CorrectPatients(AcceptOrder.Context context) {
        this.context = context;
    }

    /** How it ended. */
    public sealed interface Result {}

    /**
     * The number is on its own again.
     *
     * @param back accessions that stood under it before the merge, and do again
     * @param staying accessions that came under the survivor after the merge and stay there: a person has to look at them
     */
    public record TakenBack(CommitReceipt receipt, List<AccessionNumber> back, List<AccessionNumber> staying)
            implements Result {

        public TakenBack {
            back = List.copyOf(back);
            staying = List.copyOf(staying);
        }
    }

    /**
     * The number has the authority now.
     *
     * @param accessions that show it
     */
    public record Named(CommitReceipt receipt, List<AccessionNumber> accessions) implements Result {

        public Named {
            accessions = List.copyOf(accessions);
        }
    }

    /** Nothing was changed. */
    public record Refused(String reason) implements Result {}

    private record Taken(List<AccessionNumber> back, List<AccessionNumber> staying) {}

    /**
     * Takes the merge of a number back. What came after it stays with the survivor.
     *
     * @param who for the timeline
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Result unmerge(PatientId prior, String who) {
        Committed<Optional<Taken>> committed = context.transactions().write(session -> unmerge(session, prior, who));
        return committed
                .value()
                .<Result>map(taken -> new TakenBack(committed.receipt(), taken.back(), taken.staying()))
                .orElseGet(() -> new Refused("The number was not merged into another one, or is not known."));
    }

    private Optional<Taken> unmerge(Session session, PatientId prior, String who) {
        session.patients().lock(List.of(prior));
        Optional<Unmerged> found = session.patients().unmerge(prior);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Unmerged unmerged = found.get();
        session.patients()
                .lock(List.of(unmerged.survivor()))
                .values()
                .forEach(survivor -> session.patients()
                        .update(survivor.withAttributes(OtherPatientIds.remove(survivor.attributes(), prior))));
        Set<AccessionNumber> stoodThere = new HashSet<>(unmerged.accessions());
        List<AccessionNumber> back = new ArrayList<>();
        List<AccessionNumber> staying = new ArrayList<>();
        for (Accession accession :
                session.accessions().ofPatientId(unmerged.survivor().id())) {
            if (!accession.patient().id().equals(unmerged.survivor())) {
                continue;
            }
            if (stoodThere.contains(accession.number())) {
                give(session, accession.number(), unmerged, who);
                back.add(accession.number());
            } else {
                forget(session, accession.number(), prior);
                if (cameAfter(session, accession.number(), unmerged.at())) {
                    staying.add(accession.number());
                }
            }
        }
        context.notices().patientUpdated(session, new Notice.PatientUpdated(prior, back));
        return Optional.of(new Taken(back, staying));
    }

    /** Under the number that it had; what is known of that one comes from its record, as before the merge. */
    private void give(Session session, AccessionNumber number, Unmerged unmerged, String who) {
        PatientRecord record = unmerged.record();
        session.accessions().lock(number).ifPresent(accession -> {
            Patient shown = accession.patient();
            PatientEntries.save(session, accession, accession.withPatient(PatientEntries.shownBy(record, shown)));
            for (ScheduledStep step : session.scheduledSteps().ofAccession(number)) {
                DataSet entry =
                        OtherPatientIds.remove(PatientEntries.asOf(record, step.dataSet(), record.id()), record.id());
                session.scheduledSteps().save(step.withDataSet(OtherPatientIds.remove(entry, unmerged.survivor())));
            }
            context.notices()
                    .timeline(
                            session,
                            number,
                            "patient.unmerged",
                            "The merge of the patient's number was taken back by %s; the accession stands under that number again"
                                    .formatted(who));
        });
    }

    private static void forget(Session session, AccessionNumber number, PatientId prior) {
        session.accessions().lock(number);
        for (ScheduledStep step : session.scheduledSteps().ofAccession(number)) {
            DataSet entry = OtherPatientIds.remove(step.dataSet(), prior);
            if (!entry.equals(step.dataSet())) {
                session.scheduledSteps().save(step.withDataSet(entry));
            }
        }
    }

    private static boolean cameAfter(Session session, AccessionNumber number, @Nullable Instant mergedAt) {
        return mergedAt == null
                || session.timeline().of(number).stream()
                        .findFirst()
                        .map(TimelineEntry::at)
                        .filter(mergedAt::isBefore)
                        .isPresent();
    }

    /**
     * Says who gave a number that was stored without an authority. Where the authority's number is a patient already, the two
     * become one.
     *
     * @param issuer key of the authority
     * @param who for the timeline
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Result nameAuthority(String id, String issuer, String who) {
        PatientId named = new PatientId(id, issuer);
        Committed<Optional<List<AccessionNumber>>> committed =
                context.transactions().write(session -> nameAuthority(session, named, who));
        return committed
                .value()
                .<Result>map(accessions -> new Named(committed.receipt(), accessions))
                .orElseGet(() -> new Refused("No patient with this number is stored without an authority."));
    }

    private Optional<List<AccessionNumber>> nameAuthority(Session session, PatientId named, String who) {
        PatientId unnamed = named.withIssuer(null);
        session.patients().lock(List.of(unnamed, named));
        List<Known> known = session.patients().ofId(named.id());
        Optional<Known> stored =
                known.stream().filter(number -> number.number().equals(unnamed)).findFirst();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        PatientRecord record = known.stream().anyMatch(number -> number.number().equals(named))
                ? joined(session, unnamed, named, who)
                : renamed(session, stored.get(), named);
        List<Changed> changed = PatientEntries.refresh(
                session,
                List.of(new Told(
                        record,
                        PatientChange.of(DataSet.empty()),
                        new TreeSet<>(List.of(record.id(), named, unnamed)),
                        null)));
        List<AccessionNumber> accessions = changed.stream().map(Changed::number).toList();
        accessions.forEach(number -> context.notices()
                .timeline(
                        session,
                        number,
                        EventType.PATIENT_UPDATED.label(),
                        "%s said that %s gave the patient's ID".formatted(who, PatientAuthorities.nameOf(named))));
        context.notices().patientUpdated(session, new Notice.PatientUpdated(record.id(), accessions));
        return Optional.of(accessions);
    }

    private static PatientRecord renamed(Session session, Known stored, PatientId named) {
        session.patients().rename(stored.number(), named);
        return stored.record().id().equals(stored.number()) ? stored.record().withId(named) : stored.record();
    }

    /** The person knows that both are one: the number with the authority is the one that stays. */
    private PatientRecord joined(Session session, PatientId unnamed, PatientId named, String who) {
        PatientMerging.join(
                session, unnamed, named, new Patients.Merge(context.clock().instant(), who, "patient-authority"));
        return session.patients().find(named).orElseThrow();
    }
}
