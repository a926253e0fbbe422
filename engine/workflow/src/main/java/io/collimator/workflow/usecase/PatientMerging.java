package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.MergeMessage.Kind;
import io.collimator.workflow.patient.OtherPatientIds;
import io.collimator.workflow.patient.PatientAttributes;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.PatientEntries.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Merges the records of the pairs of one message, one pair after the other. Lives inside one transaction. */
final class PatientMerging {

    private final Session session;
    private final Reception reception;
    private final Instant now;
    private final List<Notice.PatientMerged.Merge> merges = new ArrayList<>();
    private final SortedMap<PatientId, Told> told = new TreeMap<>();

    PatientMerging(Session session, Reception reception, Instant now) {
        this.session = session;
        this.reception = reception;
        this.now = now;
    }

    /** What was merged; what had been merged before is not among it. */
    List<Notice.PatientMerged.Merge> merges() {
        return List.copyOf(merges);
    }

    /** What the accessions of each survivor have to show. */
    Collection<Told> told() {
        return told.values();
    }

    /** Judges the pair and merges its records; the entries follow when all pairs are done. */
    void apply(NumberedPair pair) {
        Patients patients = session.patients();
        Optional<PatientRecord> survivor = patients.find(pair.survivor());
        Optional<PatientRecord> prior = patients.find(pair.prior());
        boolean isPriorAlias = patients.isAlias(pair.prior());
        boolean isSurvivorAlias = patients.isAlias(pair.survivor());
        boolean isOne = survivor.isPresent()
                && prior.isPresent()
                && survivor.get().id().equals(prior.get().id());
        if (isPriorAlias) {
            if (isOne) {
                return; // the same merge again
            }
            throw pair.refusalOfPrior(
                    "MRG-1 was merged into another number than PID-3 before; merge that one, or correct MRG-1.");
        }
        if (isOne && isSurvivorAlias && pair.kind() == Kind.CHANGE_OF_ID) {
            merge(pair, Optional.of(formerNumber(pair, survivor.get())), prior);
            return;
        }
        if (isOne) {
            throw pair.refusalOfPrior(
                    isSurvivorAlias
                            ? "PID-3 was merged into MRG-1 before; a merge cannot be turned round. Send the numbers the other way, or new ones."
                            : "MRG-1 and PID-3 are one patient already; a number cannot be merged into itself.");
        }
        if (pair.kind() == Kind.CHANGE_OF_ID && survivor.isPresent()) {
            throw pair.refusalOfSurvivor(
                    "PID-3 is the number of another patient, so it cannot be the new one; send an unused number, or merge the patients with A40.");
        }
        merge(pair, survivor, prior);
    }

    private void merge(NumberedPair pair, Optional<PatientRecord> known, Optional<PatientRecord> prior) {
        PatientRecord survivor = known.orElseGet(() -> added(pair.survivor()));
        PatientId priorId = prior.map(PatientRecord::id).orElse(pair.prior());
        SortedSet<PatientId> numbers = new TreeSet<>(List.of(survivor.id(), priorId));
        numbers.addAll(session.patients().aliasesOf(priorId));
        session.patients()
                .merge(
                        priorId,
                        survivor.id(),
                        new Patients.Merge(
                                now, reception.key().sender(), reception.key().controlId()));
        session.results().movePatient(priorId, survivor.id());
        DataSet attributes = UpdatePatient.withOtherIds(
                survivor.id().issuing(pair.attributes()),
                pair.identifiers(),
                survivor.id(),
                session.patients().aliasesOf(survivor.id()));
        boolean outdated = AdtMessages.isOutdated(session, reception, survivor.id());
        PatientChange change = PatientChange.of(outdated ? DataSet.empty() : attributes);
        PatientRecord after = survivor.updatedBy(
                UpdatePatient.updateBy(reception),
                change.applyTo(inherited(pair.kind(), survivor, prior.orElse(null), priorId)));
        session.patients().update(after);
        if (!outdated) {
            AdtMessages.applied(session, reception, after.id());
        }
        tell(after, change, numbers, priorId);
        merges.add(new Notice.PatientMerged.Merge(pair.prior(), after.id()));
    }

    /**
     * Makes two locked numbers one because a person or a table says so. What is known of the patient is the survivor's, whose
     * number may be an alias.
     *
     * @return what its accessions are to show; empty when both were one already
     */
    static Optional<Told> join(Session session, PatientId prior, PatientId survivor, Patients.Merge merge) {
        PatientRecord record = session.patients().find(survivor).orElseThrow();
        if (session.patients().isAlias(prior) || record.id().equals(prior)) {
            return Optional.empty();
        }
        session.patients().merge(prior, record.id(), merge);
        session.results().movePatient(prior, record.id());
        return Optional.of(new Told(
                record, PatientChange.of(DataSet.empty()), new TreeSet<>(List.of(prior, survivor, record.id())), null));
    }

    /** The patient's own former number, free again, with what is known of the patient now. */
    private PatientRecord formerNumber(NumberedPair pair, PatientRecord now) {
        session.patients().unmerge(pair.survivor());
        return PatientRecord.unknown(pair.survivor())
                .withAttributes(OtherPatientIds.remove(now.attributes(), pair.survivor()));
    }

    private PatientRecord added(PatientId id) {
        PatientRecord record = PatientRecord.unknown(id);
        session.patients().add(record);
        return record;
    }

    /** What the survivor has of its own, and the visit of the prior number when it has none; all when only the number changes. */
    private static DataSet inherited(
            Kind kind, PatientRecord survivor, @Nullable PatientRecord prior, PatientId priorId) {
        DataSet own = survivor.attributes();
        if (prior != null && kind == Kind.CHANGE_OF_ID) {
            own = EntryAttributes.completed(own, prior.attributes());
        } else if (prior != null && PatientAttributes.visitOf(own).isEmpty()) {
            own = own.withAll(PatientAttributes.visitOf(prior.attributes()));
        }
        return OtherPatientIds.add(own, List.of(priorId));
    }

    /** A survivor that a later pair merges on has no accessions of its own any more. */
    private void tell(PatientRecord after, PatientChange change, SortedSet<PatientId> numbers, PatientId priorId) {
        Told merged = told.remove(priorId);
        if (merged != null) {
            numbers.addAll(merged.numbers());
        }
        Told before = told.get(after.id());
        if (before != null) {
            numbers.addAll(before.numbers());
        }
        told.put(after.id(), new Told(after, change, numbers, null));
    }
}
