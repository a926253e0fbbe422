package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.OtherPatientIds;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientAttributes;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStart;
import io.collimator.workflow.worklist.StepStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Brings accessions and worklist entries up to date with their patients, whose records are locked and saved. */
final class PatientEntries {

    private PatientEntries() {}

    /**
     * What a message says of one patient.
     *
     * @param record as it is now
     * @param numbers under which accessions of the patient may stand, the record's own included
     * @param arrivedOn the day whose scheduled steps the patient has arrived for, null when the message tells of no arrival
     */
    record Told(
            PatientRecord record,
            PatientChange change,
            SortedSet<PatientId> numbers,
            @Nullable LocalDate arrivedOn) {

        static Told of(PatientRecord record, PatientChange change) {
            return new Told(record, change, new TreeSet<>(List.of(record.id())), null);
        }
    }

    /**
     * An accession that was changed.
     *
     * @param taken whether it belonged to a number that was merged into the patient
     * @param attributes keywords of what changed in its entries, and {@code ARRIVED}
     */
    record Changed(Accession before, Accession after, boolean taken, SortedSet<String> attributes) {

        AccessionNumber number() {
            return after.number();
        }
    }

    /** Locks what will change, ascending, and changes it; returns it ascending. */
    static List<Changed> refresh(Session session, Collection<Told> patients) {
        SortedMap<AccessionNumber, Told> concerned = new TreeMap<>();
        for (Told told : patients) {
            accessionsOf(session, told).stream()
                    .filter(accession -> mayChange(accession, told))
                    .forEach(accession -> concerned.put(accession.number(), told));
        }
        List<Changed> changed = new ArrayList<>();
        concerned.forEach((number, told) -> session.accessions()
                .lock(number)
                .flatMap(accession -> refresh(session, accession, told))
                .ifPresent(changed::add));
        return changed;
    }

    /** The patient is locked, so nobody else gives or takes accessions meanwhile. */
    private static List<Accession> accessionsOf(Session session, Told told) {
        Map<PatientId, PatientId> resolved = new HashMap<>();
        SortedSet<String> ids = new TreeSet<>();
        told.numbers().forEach(number -> ids.add(number.id()));
        List<Accession> found = new ArrayList<>();
        for (String id : ids) {
            for (Accession accession : session.accessions().ofPatientId(id)) {
                PatientId stands = accession.patient().id();
                if (resolved.computeIfAbsent(stands, session.patients()::resolve)
                        .equals(told.record().id())) {
                    found.add(accession);
                }
            }
        }
        return found;
    }

    /** Those of the patient that a modality may still begin or end. */
    static List<AccessionNumber> openAccessions(Session session, Told told) {
        return accessionsOf(session, told).stream()
                .filter(accession -> !accession.procedureState().isEnded())
                .map(Accession::number)
                .sorted()
                .toList();
    }

    private static boolean mayChange(Accession accession, Told told) {
        return isTaken(accession, told)
                || !accession.procedureState().isEnded()
                || !shownAfter(accession, told).equals(accession.patient());
    }

    private static Patient shownAfter(Accession accession, Told told) {
        Patient shown = told.change().applyTo(accession.patient());
        return new Patient(told.record().id(), shown.name(), shown.birthDate(), shown.sex());
    }

    private static boolean isTaken(Accession accession, Told told) {
        return !accession.patient().id().equals(told.record().id());
    }

    private static Optional<Changed> refresh(Session session, Accession accession, Told told) {
        boolean taken = isTaken(accession, told);
        Accession after = accession.withPatient(
                taken ? shownBy(told.record(), accession.patient()) : shownAfter(accession, told));
        SortedSet<String> attributes = new TreeSet<>();
        for (ScheduledStep step : session.scheduledSteps().ofAccession(accession.number())) {
            ScheduledStep changed = taken ? taken(step, accession, told) : step;
            changed = changed.status().isEnded() ? changed : told(changed, told);
            if (!changed.equals(step)) {
                attributes.addAll(differences(step, changed));
                session.scheduledSteps().save(changed);
            }
        }
        if (attributes.isEmpty() && after.equals(accession)) {
            return Optional.empty();
        }
        save(session, accession, after);
        return Optional.of(new Changed(accession, after, taken, attributes));
    }

    /** What statuses repeat of the order holds until another message gives the patient another name. */
    static void save(Session session, Accession before, Accession after) {
        if (!after.patient().name().equals(before.patient().name())) {
            session.accessions()
                    .keep(
                            after.number(),
                            session.accessions().sent(after.number()).withoutName());
        }
        session.accessions().save(after);
    }

    /** The entry after the message, with the number of the record: the message may know the patient by a merged one. */
    private static ScheduledStep told(ScheduledStep step, Told told) {
        ScheduledStep changed =
                step.withDataSet(numbered(told.record().id(), told.change().applyTo(step.dataSet())));
        DataSet item = changed.dataSet().item(Tags.ScheduledProcedureStepSequence);
        boolean arrived = told.arrivedOn() != null
                && step.status() == StepStatus.SCHEDULED
                && told.arrivedOn().equals(StepStart.of(item).date());
        return arrived ? changed.withStatus(StepStatus.ARRIVED) : changed;
    }

    /** The entry as one of the survivor: who it is comes from the record, what is there to be done stays. */
    private static ScheduledStep taken(ScheduledStep step, Accession accession, Told told) {
        return step.withDataSet(
                asOf(told.record(), step.dataSet(), accession.patient().id()));
    }

    /**
     * A data set with the number, and what lasts of the patient, from the record; the number that it had becomes one of the
     * others.
     */
    static DataSet asOf(PatientRecord record, DataSet dataSet, PatientId had) {
        DataSet known = PatientAttributes.where(
                PatientAttributes.lasting(record.attributes()),
                tag -> PatientAttributes.isPatient(tag) && !tag.equals(Tags.OtherPatientIDsSequence));
        DataSet whole = PatientAttributes.where(
                        dataSet, tag -> !PatientAttributes.isNumber(tag) && !PatientAttributes.isQualifier(tag))
                .withAll(known);
        return OtherPatientIds.add(numbered(record.id(), whole), List.of(had));
    }

    private static DataSet numbered(PatientId id, DataSet dataSet) {
        return id.numbering(OtherPatientIds.without(dataSet, id));
    }

    /** What an accession shows that was taken over by this patient. */
    static Patient shownBy(PatientRecord record, Patient shown) {
        DataSet known = record.attributes();
        return new Patient(
                record.id(),
                valueOr(known, Tags.PatientName, shown.name()),
                valueOr(known, Tags.PatientBirthDate, shown.birthDate()),
                valueOr(known, Tags.PatientSex, shown.sex()));
    }

    private static String valueOr(DataSet known, Tag tag, String other) {
        return known.hasValue(tag) ? known.text(tag) : other;
    }

    private static SortedSet<String> differences(ScheduledStep before, ScheduledStep after) {
        SortedSet<String> keywords = new TreeSet<>();
        Set<Tag> tags = new TreeSet<>();
        before.dataSet().elements().stream().map(Element::tag).forEach(tags::add);
        after.dataSet().elements().stream().map(Element::tag).forEach(tags::add);
        for (Tag tag : tags) {
            if (!before.dataSet().get(tag).equals(after.dataSet().get(tag))) {
                keywords.add(Dictionary.keywordOf(tag).orElseGet(tag::toString));
            }
        }
        if (before.status() != after.status()) {
            keywords.add(after.status().name());
        }
        return keywords;
    }
}
