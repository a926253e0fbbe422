package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.Set;

/** The keys that a worklist query may use (PS3.4 Table K.6-1, and two that peers use beside it). */
final class WorklistKeys {

    /** Not keys: they say how the identifier is to be read, or belong to another information model. */
    private static final Set<Tag> FRAME =
            Set.of(Tags.SpecificCharacterSet, Tags.TimezoneOffsetFromUTC, Tags.QueryRetrieveLevel);

    private static final Set<Tag> STEP = Set.of(
            Tags.ScheduledStationAETitle,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledProcedureStepEndDate,
            Tags.ScheduledProcedureStepEndTime,
            Tags.Modality,
            Tags.ScheduledPerformingPhysicianName,
            Tags.ScheduledPerformingPhysicianIdentificationSequence,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProtocolCodeSequence,
            Tags.ScheduledProcedureStepID,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepLocation,
            Tags.PreMedication,
            Tags.RequestedContrastAgent,
            Tags.ReferencedDefinedProtocolSequence,
            Tags.ReferencedPerformedProtocolSequence,
            Tags.ScheduledProcedureStepStatus,
            Tags.CommentsOnTheScheduledProcedureStep);

    private static final Set<Tag> ENTRY = Set.of(
            Tags.HL7StructuredDocumentReferenceSequence,
            Tags.ScheduledProcedureStepSequence,
            Tags.ScheduledSpecimenSequence,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedureDescription,
            Tags.RequestedProcedureCodeSequence,
            Tags.StudyInstanceUID,
            Tags.ReferencedStudySequence,
            Tags.StudyDate,
            Tags.StudyTime,
            Tags.RequestedProcedurePriority,
            Tags.PatientTransportArrangements,
            Tags.ReasonForTheRequestedProcedure,
            Tags.ReasonForRequestedProcedureCodeSequence,
            Tags.RequestedProcedureComments,
            Tags.RequestedProcedureLocation,
            Tags.ConfidentialityCode,
            Tags.ReportingPriority,
            Tags.NamesOfIntendedRecipientsOfResults,
            Tags.IntendedRecipientsOfResultsIdentificationSequence,
            Tags.AccessionNumber,
            Tags.IssuerOfAccessionNumberSequence,
            Tags.RequestingPhysician,
            Tags.ReferringPhysicianName,
            Tags.RequestingPhysicianIdentificationSequence,
            Tags.ReferringPhysicianIdentificationSequence,
            Tags.RequestingService,
            Tags.RequestingServiceCodeSequence,
            Tags.PlacerOrderNumberImagingServiceRequest,
            Tags.OrderPlacerIdentifierSequence,
            Tags.FillerOrderNumberImagingServiceRequest,
            Tags.OrderFillerIdentifierSequence,
            Tags.IssueDateOfImagingServiceRequest,
            Tags.IssueTimeOfImagingServiceRequest,
            Tags.OrderEnteredBy,
            Tags.OrderEntererLocation,
            Tags.OrderCallbackPhoneNumber,
            Tags.ImagingServiceRequestComments,
            Tags.AdmissionID,
            Tags.IssuerOfAdmissionIDSequence,
            Tags.CurrentPatientLocation,
            Tags.ReferencedPatientSequence,
            Tags.InstitutionName,
            Tags.InstitutionAddress,
            Tags.InstitutionCodeSequence,
            Tags.InstitutionalDepartmentName,
            Tags.RouteOfAdmissions,
            Tags.AdmittingDate,
            Tags.AdmittingTime,
            Tags.AdmittingDiagnosesDescription,
            Tags.AdmittingDiagnosesCodeSequence,
            Tags.ServiceEpisodeID,
            Tags.ServiceEpisodeDescription,
            Tags.IssuerOfServiceEpisodeIDSequence,
            Tags.VisitStatusID,
            Tags.PatientInstitutionResidence,
            Tags.VisitComments,
            Tags.PatientName,
            Tags.PatientID,
            Tags.IssuerOfPatientID,
            Tags.IssuerOfPatientIDQualifiersSequence,
            Tags.OtherPatientIDsSequence,
            Tags.PatientBirthDate,
            Tags.PatientBirthTime,
            Tags.PatientSex,
            Tags.PatientWeight,
            Tags.PatientSize,
            Tags.PatientAge,
            Tags.ConfidentialityConstraintOnPatientDataDescription,
            Tags.PatientPrimaryLanguageCodeSequence,
            Tags.MedicalAlerts,
            Tags.Allergies,
            Tags.PregnancyStatus,
            Tags.SpecialNeeds,
            Tags.PatientState,
            Tags.PertinentDocumentsSequence,
            Tags.SmokingStatus,
            Tags.AdditionalPatientHistory,
            Tags.LastMenstrualDate,
            Tags.OtherPatientNames,
            Tags.PatientBirthName,
            Tags.PatientMotherBirthName,
            Tags.PatientAddress,
            Tags.PatientTelephoneNumbers,
            Tags.EthnicGroup,
            Tags.PatientReligiousPreference,
            Tags.MilitaryRank,
            Tags.Occupation,
            Tags.PatientComments,
            Tags.PatientSpeciesDescription,
            Tags.PatientSpeciesCodeSequence,
            Tags.PatientBreedDescription,
            Tags.PatientBreedCodeSequence,
            Tags.BreedRegistrationSequence,
            Tags.ResponsiblePerson,
            Tags.ResponsiblePersonRole,
            Tags.ResponsibleOrganization,
            Tags.PatientSexNeutered,
            Tags.WorklistLabel);

    /** The keys of the entry by which people look for one exam. */
    private static final Set<Tag> SOUGHT = Set.of(
            Tags.AccessionNumber, Tags.PatientName, Tags.PatientID, Tags.RequestedProcedureID, Tags.StudyInstanceUID);

    private static final DataSet WHOLE_STEP = DataSet.of(
            STEP.stream().map(tag -> Element.empty(tag, Dictionary.vrOf(tag))).toList());

    private WorklistKeys() {}

    /** Keys of the entry that count also where they stand in the step's item. */
    static boolean isSought(Tag tag) {
        return SOUGHT.contains(tag);
    }

    /** Every key of the step, without value. */
    static DataSet wholeStep() {
        return WHOLE_STEP;
    }

    /** Neither matched nor returned, and no reason to complain. */
    static boolean isFrame(Tag tag) {
        return FRAME.contains(tag) || tag.isGroupLength();
    }

    /** Keys of the entry itself. */
    static boolean isEntryKey(Tag tag) {
        return ENTRY.contains(tag);
    }

    /** Keys in the item of the Scheduled Procedure Step Sequence. */
    static boolean isStepKey(Tag tag) {
        return STEP.contains(tag);
    }
}
