package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientAttributes;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientEvent.Scope;
import io.collimator.workflow.patient.PatientEvent.VisitStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a message does to a patient's record, accessions and entries: absent attributes keep their value, those of zero
 * length are cleared.
 *
 * @param carried the patient and visit modules, normalized, as far as the message may change them
 * @param endsVisit whether the visit that the message names never was
 * @param visit Admission ID (0038,0010) that the message names, empty when it names none
 */
record PatientChange(DataSet carried, boolean endsVisit, String visit) {

    /** A change by an event on a patient who is known. */
    static PatientChange of(PatientEvent event, DataSet attributes) {
        DataSet modules = modules(attributes);
        String visit = modules.text(Tags.AdmissionID);
        if (event.scope() == Scope.NO_VISIT) {
            return new PatientChange(DataSet.empty(), true, visit);
        }
        DataSet carried = event.scope() == Scope.VISIT ? PatientAttributes.visitOf(modules) : modules;
        return new PatientChange(withVisitStatus(carried, event), false, visit);
    }

    /** Everything that a message carries; what it says of a patient who is not known. */
    static PatientChange ofUnknown(PatientEvent event, DataSet attributes) {
        DataSet modules = modules(attributes);
        return event.scope() == Scope.NO_VISIT
                ? new PatientChange(PatientAttributes.where(modules, tag -> !PatientAttributes.isVisit(tag)), false, "")
                : new PatientChange(withVisitStatus(modules, event), false, modules.text(Tags.AdmissionID));
    }

    /** Everything that a message carries beside its event. */
    static PatientChange of(DataSet attributes) {
        DataSet modules = modules(attributes);
        return new PatientChange(modules, false, modules.text(Tags.AdmissionID));
    }

    private static DataSet modules(DataSet attributes) {
        return modulesOf(EntryAttributes.carried(attributes));
    }

    /** The patient and visit modules of attributes that are normalized. */
    static DataSet modulesOf(DataSet carried) {
        DataSet modules = PatientAttributes.of(carried);
        // every entry has a name; it can be changed, not cleared
        return modules.hasValue(Tags.PatientName) ? modules : modules.without(Tags.PatientName);
    }

    private static DataSet withVisitStatus(DataSet carried, PatientEvent event) {
        return carried.hasValue(Tags.VisitStatusID) || event.visitStatus().isEmpty()
                ? carried
                : Dictionary.dataSet(carried)
                        .put(Tags.VisitStatusID, event.visitStatus().get().name())
                        .build();
    }

    PatientChange with(DataSet newCarried) {
        return new PatientChange(newCarried, endsVisit, visit);
    }

    /** The attributes after it. A visit of another number that goes on stays as it is. */
    DataSet applyTo(DataSet dataSet) {
        DataSet patient = EntryAttributes.merge(
                dataSet, PatientAttributes.where(carried, tag -> !PatientAttributes.isVisit(tag)));
        if (!concernsVisitOf(dataSet)) {
            return patient;
        }
        return endsVisit
                ? PatientAttributes.where(patient, tag -> !PatientAttributes.isVisit(tag))
                : EntryAttributes.merge(patient, PatientAttributes.visitOf(carried));
    }

    private boolean concernsVisitOf(DataSet dataSet) {
        String its = dataSet.text(Tags.AdmissionID);
        return visit.isEmpty()
                || its.isEmpty()
                || its.equals(visit)
                || dataSet.text(Tags.VisitStatusID).equals(VisitStatus.DISCHARGED.name());
    }

    /** What the accession shows after it. */
    Patient applyTo(Patient shown) {
        return new Patient(
                shown.id(),
                after(shown.name(), carried.get(Tags.PatientName).orElse(null)),
                after(shown.birthDate(), carried.get(Tags.PatientBirthDate).orElse(null)),
                after(shown.sex(), carried.get(Tags.PatientSex).orElse(null)));
    }

    private String after(String before, @Nullable Element element) {
        return element == null ? before : carried.text(element.tag());
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PatientChange[…]";
    }
}
