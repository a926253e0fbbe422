package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import java.util.Set;
import java.util.function.Predicate;

/** Which attributes of a worklist entry speak of the patient and which of the visit (PS3.4 Table K.6-1). */
public final class PatientAttributes {

    private static final int PATIENT_GROUP = 0x0010;
    private static final int VISIT_GROUP = 0x0038;

    /** Who the patient is; part of the number, not of what is known of the patient. */
    private static final Set<Tag> NUMBER = Set.of(Tags.PatientID);

    /** What qualifies the number, and goes with it. */
    private static final Set<Tag> QUALIFIERS =
            Set.of(Tags.IssuerOfPatientID, Tags.TypeOfPatientID, Tags.IssuerOfPatientIDQualifiersSequence);

    private static final Set<Tag> PATIENT_ELSEWHERE = Set.of(Tags.ConfidentialityConstraintOnPatientDataDescription);
    private static final Set<Tag> VISIT_ELSEWHERE =
            Set.of(Tags.AdmittingDiagnosesDescription, Tags.AdmittingDiagnosesCodeSequence);

    /** True on the day on which it was said: never put into a later order that is silent of it. */
    private static final Set<Tag> OF_THE_DAY = Set.of(
            Tags.PatientAge,
            Tags.PatientSize,
            Tags.PatientWeight,
            Tags.PatientBodyMassIndex,
            Tags.AdditionalPatientHistory,
            Tags.PregnancyStatus,
            Tags.LastMenstrualDate,
            Tags.PatientState,
            Tags.AdmittingDiagnosesDescription,
            Tags.AdmittingDiagnosesCodeSequence);

    private PatientAttributes() {}

    /** Whether it is the name, number of the patient or another attribute that every entry needs. */
    public static boolean isNumber(Tag tag) {
        return NUMBER.contains(tag);
    }

    public static boolean isQualifier(Tag tag) {
        return QUALIFIERS.contains(tag);
    }

    public static boolean isVisit(Tag tag) {
        return tag.group() == VISIT_GROUP || VISIT_ELSEWHERE.contains(tag);
    }

    /** Demographics and whatever else is said of the patient, without the number. */
    public static boolean isPatient(Tag tag) {
        return (tag.group() == PATIENT_GROUP || PATIENT_ELSEWHERE.contains(tag)) && !NUMBER.contains(tag);
    }

    /** The two modules of a data set, without the number. */
    public static DataSet of(DataSet dataSet) {
        return where(dataSet, tag -> isPatient(tag) || isVisit(tag));
    }

    public static DataSet visitOf(DataSet dataSet) {
        return where(dataSet, PatientAttributes::isVisit);
    }

    /** What an order that is silent of it may take: nothing of the day, and no visit that has ended. */
    public static DataSet lasting(DataSet attributes) {
        boolean discharged = attributes.text(Tags.VisitStatusID).equals(PatientEvent.VisitStatus.DISCHARGED.name());
        return where(attributes, tag -> !OF_THE_DAY.contains(tag) && !(discharged && isVisit(tag)));
    }

    /** The elements whose tag passes. */
    public static DataSet where(DataSet dataSet, Predicate<Tag> test) {
        return DataSet.of(dataSet.elements().stream()
                .filter((Element element) -> test.test(element.tag()))
                .toList());
    }
}
