package io.collimator.mapping;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The return keys of the Modality Worklist (PS3.4 Table K.6-1), keywords joined by dots. */
final class WorklistKeys {

    static final String STEP = "ScheduledProcedureStepSequence.";

    private static final List<String> OF_STEP = List.of(
            "ScheduledStationAETitle",
            "ScheduledProcedureStepStartDate",
            "ScheduledProcedureStepStartTime",
            "Modality",
            "ScheduledPerformingPhysicianName",
            "ScheduledPerformingPhysicianIdentificationSequence",
            "ScheduledProcedureStepDescription",
            "ScheduledProtocolCodeSequence",
            "ScheduledProcedureStepID",
            "ScheduledStationName",
            "ScheduledProcedureStepLocation",
            "PreMedication",
            "RequestedContrastAgent",
            "ScheduledProcedureStepStatus",
            "ScheduledProcedureStepEndDate",
            "ScheduledProcedureStepEndTime",
            "CommentsOnTheScheduledProcedureStep");

    private static final List<String> OF_ENTRY = List.of(
            "RequestedProcedureID",
            "RequestedProcedureDescription",
            "RequestedProcedureCodeSequence",
            "StudyInstanceUID",
            "ReferencedStudySequence",
            "StudyDate",
            "StudyTime",
            "RequestedProcedurePriority",
            "PatientTransportArrangements",
            "ReasonForTheRequestedProcedure",
            "ReasonForRequestedProcedureCodeSequence",
            "RequestedProcedureComments",
            "RequestedProcedureLocation",
            "ConfidentialityCode",
            "ReportingPriority",
            "NamesOfIntendedRecipientsOfResults",
            "IntendedRecipientsOfResultsIdentificationSequence",
            "AccessionNumber",
            "IssuerOfAccessionNumberSequence",
            "RequestingPhysician",
            "RequestingPhysicianIdentificationSequence",
            "ReferringPhysicianName",
            "ReferringPhysicianIdentificationSequence",
            "RequestingService",
            "PlacerOrderNumberImagingServiceRequest",
            "OrderPlacerIdentifierSequence",
            "FillerOrderNumberImagingServiceRequest",
            "OrderFillerIdentifierSequence",
            "IssueDateOfImagingServiceRequest",
            "IssueTimeOfImagingServiceRequest",
            "OrderEnteredBy",
            "OrderEntererLocation",
            "OrderCallbackPhoneNumber",
            "ImagingServiceRequestComments",
            "AdmissionID",
            "IssuerOfAdmissionIDSequence",
            "CurrentPatientLocation",
            "ReferencedPatientSequence",
            "InstitutionName",
            "InstitutionAddress",
            "InstitutionCodeSequence",
            "InstitutionalDepartmentName",
            "RouteOfAdmissions",
            "AdmittingDate",
            "AdmittingTime",
            "AdmittingDiagnosesDescription",
            "AdmittingDiagnosesCodeSequence",
            "ServiceEpisodeID",
            "ServiceEpisodeDescription",
            "IssuerOfServiceEpisodeIDSequence",
            "VisitStatusID",
            "PatientInstitutionResidence",
            "VisitComments",
            "PatientName",
            "PatientID",
            "IssuerOfPatientID",
            "IssuerOfPatientIDQualifiersSequence",
            "OtherPatientIDsSequence",
            "PatientBirthDate",
            "PatientSex",
            "PatientWeight",
            "PatientSize",
            "ConfidentialityConstraintOnPatientDataDescription",
            "PatientPrimaryLanguageCodeSequence",
            "MedicalAlerts",
            "Allergies",
            "PregnancyStatus",
            "SpecialNeeds",
            "PatientState",
            "SmokingStatus",
            "AdditionalPatientHistory",
            "LastMenstrualDate",
            "OtherPatientNames",
            "PatientBirthName",
            "PatientMotherBirthName",
            "PatientAddress",
            "PatientTelephoneNumbers",
            "EthnicGroup",
            "PatientComments",
            "PatientSpeciesDescription",
            "PatientSpeciesCodeSequence",
            "PatientBreedDescription",
            "PatientBreedCodeSequence",
            "ResponsiblePerson",
            "ResponsiblePersonRole",
            "PatientSexNeutered");

    /** In the order of the table. */
    static final List<String> ALL =
            Stream.concat(OF_STEP.stream().map(STEP::concat), OF_ENTRY.stream()).toList();

    /** Filled by the engine in a new entry where the message does not say them. */
    static final Set<String> BY_ENGINE_IF_EMPTY = Set.of(
            STEP + "ScheduledProcedureStepStartDate",
            STEP + "ScheduledProcedureStepStartTime",
            STEP + "ScheduledProcedureStepID",
            "RequestedProcedureID",
            "StudyInstanceUID");

    /** Filled by the engine from what it knows, whatever the message says. */
    static final Set<String> BY_ENGINE = Stream.of(
                    STEP + "ScheduledProcedureStepStatus", "ReferencedStudySequence", "ReferencedPatientSequence")
            .collect(Collectors.toUnmodifiableSet());

    private WorklistKeys() {}
}
