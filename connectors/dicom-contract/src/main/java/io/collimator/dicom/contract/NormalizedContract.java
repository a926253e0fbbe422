package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.ARCHIVE;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The N services, both sides (PS3.7 §10.1), and the elements that go with a status (PS3.7 Annex C). */
public abstract class NormalizedContract extends ProviderContract {

    private static final Uid RETRIEVE = Uids.ModalityPerformedProcedureStepRetrieve;
    private static final Uid INSTANCE = new Uid("1.2.3");
    private static final DataSet ATTRIBUTES = step("A1", "MÜLLER^JÖRG");

    @Test
    void get_asks_for_attributes_and_is_told_which_there_are_not() {
        DimseStatus warning = DimseStatus.of(0x0107, "Not all are known", Tags.PatientID);
        List<List<Tag>> asked = new ArrayList<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .nGet(RETRIEVE, get -> {
                    asked.add(get.attributes());
                    return get.attributes().isEmpty()
                            ? new NResponse(DimseStatus.SUCCESS, get.sopInstance(), ATTRIBUTES)
                            : new NResponse(warning, get.sopInstance(), ATTRIBUTES);
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, RETRIEVE))) {
            NResponse all = association.get(RETRIEVE, INSTANCE, List.of());
            NResponse some = association.get(RETRIEVE, INSTANCE, List.of(Tags.AccessionNumber, Tags.PatientID));

            assertThat(all).isEqualTo(new NResponse(DimseStatus.SUCCESS, INSTANCE, ATTRIBUTES));
            assertThat(some).isEqualTo(new NResponse(warning, INSTANCE, ATTRIBUTES));
            assertThat(asked).containsExactly(List.of(), List.of(Tags.AccessionNumber, Tags.PatientID));
        }
    }

    @Test
    void delete_is_answered_with_a_status_alone() {
        List<Uid> deleted = new ArrayList<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .delete(MPPS, delete -> {
                    if (!delete.sopInstance().equals(INSTANCE)) {
                        throw new DimseException(DimseStatus.of(0x0112));
                    }
                    deleted.add(delete.sopInstance());
                    return new NResponse(DimseStatus.SUCCESS, null, ATTRIBUTES);
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MPPS))) {
            NResponse gone = association.delete(MPPS, INSTANCE);
            NResponse unknown = association.delete(MPPS, new Uid("1.2.4"));

            assertThat(gone).isEqualTo(new NResponse(DimseStatus.SUCCESS, INSTANCE, DataSet.empty()));
            assertThat(unknown.status().code()).isEqualTo(0x0112);
            assertThat(unknown.sopInstance()).isEqualTo(new Uid("1.2.4"));
            assertThat(deleted).containsExactly(INSTANCE);
        }
    }

    @Test
    void a_refusal_can_bring_the_attributes_at_fault() {
        DataSet atFault = Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, "DONE")
                .build();
        DicomListener listener = listen(ServiceHandlers.builder()
                .create(MPPS, create -> {
                    throw new DimseException(DimseStatus.of(0x0106, "No such status"), atFault);
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MPPS))) {
            NResponse response = association.create(MPPS, INSTANCE, ATTRIBUTES);

            assertThat(response.status().code()).isEqualTo(0x0106);
            assertThat(response.dataSet()).isEqualTo(atFault);
        }
    }

    @Test
    void statuses_of_handlers_reach_the_scu_with_comment_tags_and_error_id() {
        DimseStatus missing = DimseStatus.of(0x0120, "Something is missing", Tags.Modality, Tags.PatientID);
        DimseStatus tooLate = DimseStatus.of(0x0110, "No longer be updated").withErrorId(0xA710);
        DicomListener listener = listen(ServiceHandlers.builder()
                .create(MPPS, create -> {
                    throw new DimseException(missing);
                })
                .set(MPPS, set -> {
                    throw new DimseException(tooLate);
                })
                .action(COMMITMENT, action -> {
                    throw new IllegalStateException("jdbc password is swordfish");
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MPPS, COMMITMENT))) {
            NResponse create = association.create(MPPS, INSTANCE, ATTRIBUTES);
            NResponse set = association.set(MPPS, INSTANCE, ATTRIBUTES);
            NResponse action = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, ATTRIBUTES);
            NResponse delete = association.delete(MPPS, INSTANCE);

            assertThat(create.status()).isEqualTo(missing);
            assertThat(set.status()).isEqualTo(tooLate);
            assertThat(set.sopInstance()).isEqualTo(INSTANCE);
            assertThat(action.status().code()).isEqualTo(0x0110);
            assertThat(action.status().errorComment()).doesNotContain("swordfish");
            assertThat(delete.status().code()).isEqualTo(0x0211);
        }
    }

    @Test
    void an_instance_without_uid_gets_one_from_the_handler() {
        List<Uid> asked = new ArrayList<>();
        Uid made = new Uid("2.25.4711");
        DicomListener listener = listen(ServiceHandlers.builder()
                .create(MPPS, create -> {
                    asked.add(create.sopInstance());
                    return new NResponse(DimseStatus.SUCCESS, made, DataSet.empty());
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MPPS))) {
            NResponse response = association.create(MPPS, null, ATTRIBUTES);

            assertThat(asked).hasSize(1).containsOnlyNulls();
            assertThat(response.sopInstance()).isEqualTo(made);
        }
    }

    @Test
    void a_commitment_report_goes_out_on_the_modalitys_association_after_the_answer() throws Exception {
        CompletableFuture<NResponse> reported = new CompletableFuture<>();
        CompletableFuture<Integer> received = new CompletableFuture<>();
        CountDownLatch reporting = new CountDownLatch(1);
        DicomListener listener = listen(ServiceHandlers.builder()
                .action(COMMITMENT, action -> {
                    DicomAssociation modality = action.association();
                    new Thread(() -> {
                                reporting.countDown();
                                reported.complete(modality.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, ATTRIBUTES));
                            })
                            .start();
                    await().atMost(Duration.ofMinutes(1)).until(() -> reporting.getCount() == 0);
                    assertThat(received).isNotDone();
                    return NResponse.success();
                })
                .build());
        ServiceHandlers modalityHandlers = ServiceHandlers.builder()
                .eventReport(COMMITMENT, report -> {
                    received.complete(report.eventTypeId());
                    return NResponse.success();
                })
                .build();

        try (DicomAssociation association = provider()
                .open(request(listener, CT1, modalityHandlers, List.of(PresentationContextProposal.scu(COMMITMENT))))) {
            NResponse answer = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, ATTRIBUTES);

            assertThat(answer.status().isSuccess()).isTrue();
            assertThat(received.get(10, TimeUnit.SECONDS)).isOne();
            assertThat(reported.get(10, TimeUnit.SECONDS).status().isSuccess()).isTrue();
        }
    }

    @Test
    void an_archive_reports_on_an_association_of_its_own() {
        CompletableFuture<AeTitle> reporter = new CompletableFuture<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .eventReport(COMMITMENT, report -> {
                    reporter.complete(report.association().callingAeTitle());
                    return NResponse.success();
                })
                .build());

        try (DicomAssociation association = provider()
                .open(request(
                        listener,
                        ARCHIVE,
                        ServiceHandlers.none(),
                        List.of(PresentationContextProposal.scp(COMMITMENT))))) {
            NResponse answer = association.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 2, ATTRIBUTES);

            assertThat(answer.status().isSuccess()).isTrue();
            assertThat(reporter).isCompletedWithValue(ARCHIVE);
            assertThatThrownBy(() -> association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, ATTRIBUTES))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_NOT_ACCEPTED));
        }
    }

    @Test
    void large_data_sets_are_cut_into_pdus_the_peer_takes() {
        List<DataSet> received = new ArrayList<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .action(COMMITMENT, action -> {
                    received.add(action.information());
                    return new NResponse(DimseStatus.SUCCESS, null, action.information());
                })
                .build());
        DataSet information = Dictionary.dataSet()
                .put(Tags.TransactionUID, INSTANCE)
                .items(
                        Tags.ReferencedSOPSequence,
                        IntStream.range(0, 3000)
                                .mapToObj(i -> Dictionary.dataSet()
                                        .put(Tags.ReferencedSOPClassUID, Uids.CTImageStorage)
                                        .put(Tags.ReferencedSOPInstanceUID, new Uid("1.2.3." + i))
                                        .build())
                                .toList())
                .build();

        try (DicomAssociation association = provider().open(request(listener, COMMITMENT))) {
            NResponse answer = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, information);

            assertThat(received).containsExactly(information);
            assertThat(answer.dataSet()).isEqualTo(information);
        }
    }
}
