package io.collimator.dicom.net;

import static io.collimator.dicom.net.TestPeers.ARCHIVE;
import static io.collimator.dicom.net.TestPeers.COMMITMENT;
import static io.collimator.dicom.net.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.net.TestPeers.CT1;
import static io.collimator.dicom.net.TestPeers.MPPS;
import static io.collimator.dicom.net.TestPeers.MWL;
import static io.collimator.dicom.net.TestPeers.POLICY;
import static io.collimator.dicom.net.TestPeers.limits;
import static io.collimator.dicom.net.TestPeers.request;
import static io.collimator.dicom.net.TestPeers.settings;
import static io.collimator.dicom.net.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** The provider talks to itself: every service, both sides, over real sockets. */
@Timeout(60)
class LoopbackIT {

    private final NettyDicomProvider provider = new NettyDicomProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private DicomListener listen(ServiceHandlers handlers) {
        return provider.listen(settings(limits().build()), POLICY, handlers);
    }

    @Test
    void echo_is_answered_and_the_association_released() {
        DicomListener listener = listen(ServiceHandlers.none());

        DicomAssociation association = provider.open(request(listener, Uids.Verification));
        DimseStatus status = association.echo();
        int whileOpen = listener.associations();
        association.close();

        assertThat(status.isSuccess()).isTrue();
        assertThat(whileOpen).isOne();
        assertThat(association.isOpen()).isFalse();
        await().untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void matches_come_back_in_order_and_in_unicode() {
        AtomicBoolean closed = new AtomicBoolean();
        List<DataSet> steps = IntStream.range(0, 500)
                .mapToObj(i -> step("A" + i, "MÜLLER^山田"))
                .toList();
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> closing(Matches.of(steps), closed))
                .build());

        try (DicomAssociation association = provider.open(request(listener, MWL))) {
            FindResult result = association.find(MWL, step("", ""), 1000);

            assertThat(result.status().isSuccess()).isTrue();
            assertThat(result.matches()).isEqualTo(steps);
        }
        assertThat(closed).isTrue();
    }

    private static Matches closing(Matches matches, AtomicBoolean closed) {
        return new Matches() {
            @Override
            public boolean hasNext() {
                return matches.hasNext();
            }

            @Override
            public DataSet next() {
                return matches.next();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    /** Never runs out. */
    private static Matches endless(AtomicInteger pulled, AtomicBoolean closed) {
        return new Matches() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public DataSet next() {
                return step("A" + pulled.incrementAndGet(), "A^B");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    @Test
    void a_search_that_brings_too_much_is_cancelled_and_the_association_stays_usable() {
        AtomicInteger pulled = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> endless(pulled, closed))
                .build());

        try (DicomAssociation association = provider.open(request(listener, MWL, Uids.Verification))) {
            FindResult result = association.find(MWL, step("", ""), 3);

            assertThat(result.matches()).hasSize(3);
            assertThat(result.status().code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(association.echo().isSuccess()).isTrue();
        }
        assertThat(closed).isTrue();
    }

    @Test
    void a_search_ends_when_the_peer_is_gone() {
        AtomicInteger pulled = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> endless(pulled, closed))
                .build());
        DicomAssociation association = provider.open(request(listener, MWL));

        CompletableFuture<FindResult> search =
                CompletableFuture.supplyAsync(() -> association.find(MWL, step("", ""), 1_000_000));
        await().until(() -> pulled.get() > 10);
        association.abort();

        assertThatThrownBy(() -> search.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AssociationException.class);
        await().untilTrue(closed);
        await().untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void statuses_of_handlers_reach_the_scu_with_comment_and_offending_elements() {
        DimseStatus refusal = DimseStatus.of(0xA900, "The date is no date", Tags.ScheduledProcedureStepStartDate);
        DimseStatus final110 = DimseStatus.of(0x0110, "No longer be updated").withErrorId(0xA710);
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> {
                    throw new DimseException(refusal);
                })
                .set(MPPS, set -> {
                    throw new DimseException(final110);
                })
                .action(COMMITMENT, action -> {
                    throw new IllegalStateException("jdbc password is swordfish");
                })
                .build());

        try (DicomAssociation association = provider.open(request(listener, MWL, MPPS, COMMITMENT))) {
            FindResult found = association.find(MWL, step("", ""), 10);
            NResponse set = association.set(MPPS, new Uid("1.2.3"), step("A", "B"));
            NResponse action = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, step("A", "B"));

            assertThat(found.status()).isEqualTo(refusal);
            assertThat(set.status()).isEqualTo(final110);
            assertThat(set.sopInstance()).isEqualTo(new Uid("1.2.3"));
            assertThat(action.status().code()).isEqualTo(0x0110);
            assertThat(action.status().errorComment()).doesNotContain("swordfish");
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

        try (DicomAssociation association = provider.open(request(listener, MPPS))) {
            NResponse response = association.create(MPPS, null, step("A1", "A^B"));

            assertThat(asked).containsExactly((Uid) null);
            assertThat(response.sopInstance()).isEqualTo(made);
        }
    }

    @Test
    void a_commitment_report_goes_out_on_the_modalitys_association_after_the_answer() throws Exception {
        AtomicReference<DicomAssociation> modality = new AtomicReference<>();
        CompletableFuture<NResponse> reported = new CompletableFuture<>();
        CompletableFuture<Integer> received = new CompletableFuture<>();
        CountDownLatch reporting = new CountDownLatch(1);
        DicomListener listener = listen(ServiceHandlers.builder()
                .action(COMMITMENT, action -> {
                    modality.set(action.association());
                    new Thread(() -> {
                                reporting.countDown();
                                reported.complete(
                                        modality.get().eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, step("A", "B")));
                            })
                            .start();
                    await().until(() -> reporting.getCount() == 0);
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

        try (DicomAssociation association = provider.open(
                request(listener, CT1, modalityHandlers, List.of(PresentationContextProposal.scu(COMMITMENT))))) {
            NResponse answer = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, step("A", "B"));

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

        try (DicomAssociation association = provider.open(request(
                listener, ARCHIVE, ServiceHandlers.none(), List.of(PresentationContextProposal.scp(COMMITMENT))))) {
            NResponse answer = association.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 2, step("A", "B"));

            assertThat(answer.status().isSuccess()).isTrue();
            assertThat(reporter).isCompletedWithValue(ARCHIVE);
            assertThatThrownBy(() -> association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, step("A", "B")))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_NOT_ACCEPTED));
        }
    }

    @Test
    void an_archive_that_sends_no_role_item_may_report_all_the_same() {
        DicomListener listener = listen(ServiceHandlers.builder()
                .eventReport(COMMITMENT, report -> NResponse.success())
                .build());

        try (DicomAssociation association = provider.open(request(
                listener, ARCHIVE, ServiceHandlers.none(), List.of(PresentationContextProposal.scu(COMMITMENT))))) {
            assertThat(association.acceptedContexts()).containsKey(COMMITMENT);
        }
    }

    @Test
    void handlers_run_with_association_and_peer_in_the_log_context() {
        AtomicReference<Map<String, String>> context = new AtomicReference<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .set(MPPS, set -> {
                    context.set(MDC.getCopyOfContextMap());
                    assertThat(context.get())
                            .containsEntry("association", set.association().id());
                    return NResponse.success();
                })
                .build());

        try (DicomAssociation association = provider.open(request(listener, MPPS))) {
            NResponse response = association.set(MPPS, new Uid("1.2.3"), step("A", "B"));

            assertThat(response.status().isSuccess()).isTrue();
            assertThat(context.get()).containsEntry("peer", "CT1");
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
                .put(Tags.TransactionUID, new Uid("1.2.3"))
                .items(
                        Tags.ReferencedSOPSequence,
                        IntStream.range(0, 3000)
                                .mapToObj(i -> Dictionary.dataSet()
                                        .put(Tags.ReferencedSOPClassUID, Uids.CTImageStorage)
                                        .put(Tags.ReferencedSOPInstanceUID, new Uid("1.2.3." + i))
                                        .build())
                                .toList())
                .build();

        try (DicomAssociation association = provider.open(request(listener, COMMITMENT))) {
            NResponse answer = association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, information);

            assertThat(received).containsExactly(information);
            assertThat(answer.dataSet()).isEqualTo(information);
        }
    }
}
