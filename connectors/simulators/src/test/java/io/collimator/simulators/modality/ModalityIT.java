package io.collimator.simulators.modality;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.CreateHandler.CreateRequest;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.FindHandler.FindRequest;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.SetHandler.SetRequest;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.modality.ModalityEvent.StepChanged;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The modality asks a SCP that writes down what it is asked. */
class ModalityIT {

    private static final AeTitle SCP = new AeTitle("SCP");
    private static final Uid GIVEN = new Uid("1.2.840.99.1");

    private final List<DataSet> queries = new CopyOnWriteArrayList<>();
    private final List<CreateRequest> created = new CopyOnWriteArrayList<>();
    private final List<SetRequest> changed = new CopyOnWriteArrayList<>();
    private final AtomicInteger uids = new AtomicInteger();
    private DicomProvider provider;
    private DicomListener listener;
    private ModalitySimulator modality;

    @BeforeEach
    void start() {
        provider = new NettyDicomProvider();
        listener = provider.listen(
                new ListenerSettings(SCP, PeerAddress.LOOPBACK, 0, DicomLimits.defaults()),
                new Everyone(),
                ServiceHandlers.builder()
                        .find(Uids.ModalityWorklistInformationModelFind, this::find)
                        .create(Uids.ModalityPerformedProcedureStep, this::create)
                        .set(Uids.ModalityPerformedProcedureStep, this::set)
                        .build());
        modality = ModalitySimulator.start(
                provider,
                ModalitySettings.of(
                        new AeTitle("CT1"),
                        0,
                        Clock.fixed(Instant.parse("2026-11-22T08:05:09Z"), ZoneOffset.UTC),
                        () -> Uid.ofName("modality " + uids.incrementAndGet())));
        modality.target(PeerAddress.loopback(SCP, listener.address().getPort()));
    }

    @AfterEach
    void stop() {
        modality.close();
        listener.close();
        provider.close();
    }

    @Test
    void it_asks_by_the_keys_of_the_query_and_for_all_that_it_wants_back() {
        WorklistAnswer answer = modality.worklist(WorklistQuery.everything()
                .withStation("CT1")
                .withDate("20261122")
                .withModality("CT\\MR"));

        assertThat(answer.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(answer.items()).extracting(WorklistItem::accessionNumber).containsExactly("ACC1");
        DataSet query = queries.get(0);
        DataSet step = query.item(Tags.ScheduledProcedureStepSequence);
        assertThat(step.text(Tags.ScheduledStationAETitle)).isEqualTo("CT1");
        assertThat(step.texts(Tags.Modality)).containsExactly("CT", "MR");
        assertThat(query.contains(Tags.PatientName)).isTrue();
        assertThat(query.hasValue(Tags.PatientName)).isFalse();
    }

    @Test
    void it_begins_and_completes_the_step_of_an_entry() {
        WorklistItem item =
                modality.worklist(WorklistQuery.everything()).items().get(0);

        PerformedStep step = modality.begin(item);
        PerformedSeries series = modality.acquire(3);
        DimseStatus status = modality.complete(step, List.of(series));

        assertThat(step.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(created.get(0).sopInstance()).isEqualTo(step.sopInstance());
        assertThat(created.get(0).attributes().text(Tags.PatientID)).isEqualTo("PID-1");
        assertThat(status).isEqualTo(DimseStatus.SUCCESS);
        assertThat(changed.get(0).sopInstance()).isEqualTo(step.sopInstance());
        assertThat(changed.get(0)
                        .modifications()
                        .item(Tags.PerformedSeriesSequence)
                        .items(Tags.ReferencedImageSequence))
                .hasSize(3);
        assertThat(modality.events().all(StepChanged.class))
                .extracting(StepChanged::stepStatus)
                .containsExactly("COMPLETED");
    }

    @Test
    void it_can_leave_the_uid_to_the_scp() {
        PerformedStep step = modality.beginWithoutUid(
                modality.worklist(WorklistQuery.everything()).items().get(0));

        assertThat(created.get(0).sopInstance()).isNull();
        assertThat(step.sopInstance()).isEqualTo(GIVEN);
    }

    @Test
    void it_can_report_the_wrong_patient_and_take_it_back() {
        WorklistItem item =
                modality.worklist(WorklistQuery.everything()).items().get(0);

        PerformedStep step = modality.begin(
                item, Dictionary.dataSet().put(Tags.PatientID, "PID-2").build());
        modality.discontinue(step, List.of(), DiscontinuationReason.INCORRECT_WORKLIST_ENTRY);

        assertThat(created.get(0).attributes().text(Tags.PatientID)).isEqualTo("PID-2");
        assertThat(changed.get(0)
                        .modifications()
                        .item(Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence)
                        .text(Tags.CodeValue))
                .isEqualTo("110514");
    }

    private Matches find(FindRequest request) {
        queries.add(request.identifier());
        return Matches.of(List.of(Dictionary.dataSet()
                .put(Tags.AccessionNumber, "ACC1")
                .put(Tags.PatientID, "PID-1")
                .put(Tags.PatientName, "DOE^JANE")
                .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "SPS1")
                                .put(Tags.Modality, "CT")
                                .build())
                .build()));
    }

    private NResponse create(CreateRequest request) {
        created.add(request);
        return new NResponse(DimseStatus.SUCCESS, GIVEN, DataSet.empty());
    }

    private NResponse set(SetRequest request) {
        changed.add(request);
        return NResponse.success();
    }

    private static final class Everyone implements PeerPolicy {

        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return Set.of(ServiceRole.SCU);
        }
    }
}
