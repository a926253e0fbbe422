package io.collimator.acceptance.engine;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.modality.DiscontinuationReason;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import io.collimator.simulators.modality.PerformedStep;
import io.collimator.simulators.modality.WorklistItem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** A modality that asks for every attribute that orders bring, so that a test sees what became of a message. */
public final class Scanner implements AutoCloseable {

    private static final List<Tag> KEYS = List.of(
            Tags.RequestedProcedureCodeSequence,
            Tags.PatientName,
            Tags.PatientID,
            Tags.IssuerOfPatientID,
            Tags.IssuerOfPatientIDQualifiersSequence,
            Tags.IssuerOfAccessionNumberSequence,
            Tags.OtherPatientIDsSequence,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.PatientWeight,
            Tags.PatientSize,
            Tags.Allergies,
            Tags.MedicalAlerts,
            Tags.AdditionalPatientHistory,
            Tags.PatientComments,
            Tags.PatientTelephoneNumbers,
            Tags.PatientTransportArrangements,
            Tags.InstitutionName,
            Tags.RequestingPhysician,
            Tags.PatientState,
            Tags.CurrentPatientLocation,
            Tags.AdmissionID,
            Tags.StudyInstanceUID,
            Tags.PlacerOrderNumberImagingServiceRequest,
            Tags.FillerOrderNumberImagingServiceRequest,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedureDescription,
            Tags.RequestedProcedureComments,
            Tags.RequestedProcedurePriority,
            Tags.ReasonForTheRequestedProcedure);

    private static final List<Tag> STEP_KEYS = List.of(
            Tags.ScheduledProcedureStepLocation,
            Tags.Modality,
            Tags.ScheduledStationAETitle,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledProcedureStepID,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProcedureStepStatus,
            Tags.ScheduledProtocolCodeSequence);

    private static final int MAX_MATCHES = 1_000;

    private final DicomProvider provider = new NettyDicomProvider();
    private final ModalitySimulator modality;
    private final AeTitle title;

    public Scanner(AeTitle title) {
        this.title = title;
        this.modality = ModalitySimulator.start(
                provider, ModalitySettings.of(title, 0, Clock.systemUTC(), () -> Uid.of(UUID.randomUUID())));
    }

    public PeerAddress address() {
        return modality.address();
    }

    /** The entries of an accession, as the engine answers now. */
    public List<DataSet> entriesOf(EngineUnderTest engine, String accession) {
        return find(
                engine,
                Dictionary.dataSet().put(Tags.AccessionNumber, accession).build(),
                DataSet.empty());
    }

    /** The entries of a station. */
    public List<DataSet> entriesAt(EngineUnderTest engine, String station) {
        return find(
                engine,
                DataSet.empty(),
                Dictionary.dataSet().put(Tags.ScheduledStationAETitle, station).build());
    }

    /** The one entry of an accession. */
    public DataSet entryOf(EngineUnderTest engine, String accession) {
        List<DataSet> entries = entriesOf(engine, accession);
        if (entries.size() != 1) {
            throw new AssertionError("Accession %s has %d entries on the worklist; one was expected."
                    .formatted(accession, entries.size()));
        }
        return entries.get(0);
    }

    /** The step's item of the one entry of an accession. */
    public DataSet stepOf(EngineUnderTest engine, String accession) {
        return entryOf(engine, accession).item(Tags.ScheduledProcedureStepSequence);
    }

    /** What a query with these keys finds. */
    public List<DataSet> find(EngineUnderTest engine, DataSet keys, DataSet stepKeys) {
        DataSet.Builder step = Dictionary.dataSet();
        STEP_KEYS.forEach(step::put);
        step.putAll(stepKeys);
        DataSet.Builder query = Dictionary.dataSet();
        KEYS.forEach(query::put);
        query.put(Tags.AccessionNumber).putAll(keys).put(Tags.SpecificCharacterSet, "ISO_IR 192");
        query.items(Tags.ScheduledProcedureStepSequence, step.build());
        return ask(engine, query.build()).matches();
    }

    /** What a query finds that is this and nothing more, and how it ended. */
    public FindResult ask(EngineUnderTest engine, DataSet identifier) {
        PeerAddress scp = engine.dicom();
        try (DicomAssociation association = provider.open(new AssociationRequest(
                title,
                scp.aeTitle(),
                scp.host(),
                scp.port(),
                List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                ServiceHandlers.none(),
                DicomLimits.defaults()))) {
            return association.find(Uids.ModalityWorklistInformationModelFind, identifier, MAX_MATCHES);
        }
    }

    /** N-CREATE {@code IN PROGRESS} for the one entry of an accession. */
    public PerformedStep begin(EngineUnderTest engine, String accession) {
        return begin(engine, entryOf(engine, accession));
    }

    /** N-CREATE {@code IN PROGRESS} for an entry that was read before. */
    public PerformedStep begin(EngineUnderTest engine, DataSet entry) {
        modality.target(engine.dicom());
        return modality.begin(new WorklistItem(entry));
    }

    /** N-SET {@code COMPLETED} with a series of two images. */
    public void complete(PerformedStep step) {
        modality.complete(step, List.of(modality.acquire(2)));
    }

    /** N-SET {@code DISCONTINUED} with a series of one image: the equipment failed. */
    public void discontinue(PerformedStep step) {
        modality.discontinue(step, List.of(modality.acquire(1)), DiscontinuationReason.EQUIPMENT_FAILURE);
    }

    @Override
    public void close() {
        modality.close();
        provider.close();
    }
}
