package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.ARCHIVE;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.RejectionReport;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Opening, releasing and ending associations, limits, and what the side that wanted something is told. */
public abstract class AssociationContract extends ProviderContract {

    @Test
    void echo_is_answered_and_the_association_released() {
        DicomListener listener = listen(ServiceHandlers.none());

        DicomAssociation association = provider().open(request(listener, Uids.Verification));
        DimseStatus status = association.echo();
        int whileOpen = listener.associations();
        association.close();

        assertThat(status.isSuccess()).isTrue();
        assertThat(whileOpen).isOne();
        assertThat(association.isOpen()).isFalse();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void who_calls_us_by_another_name_of_ours_is_let_in_under_it() {
        AeTitle alias = new AeTitle("RIS_MWL");
        List<AeTitle> called = new ArrayList<>();
        ServiceHandlers handlers = ServiceHandlers.builder()
                .set(MPPS, set -> {
                    called.add(set.association().calledAeTitle());
                    return NResponse.success();
                })
                .build();
        PeerPolicy withAlias = new PeerPolicy() {
            @Override
            public boolean isRegistered(AeTitle calling) {
                return POLICY.isRegistered(calling);
            }

            @Override
            public boolean isOurs(AeTitle title, AeTitle own) {
                return title.equals(own) || title.equals(alias);
            }

            @Override
            public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                return POLICY.rolesOf(calling, sopClass);
            }
        };
        DicomListener listener = provider().listen(settings(limits().build()), withAlias, handlers);
        AssociationRequest usual = request(listener, MPPS);
        AssociationRequest byAlias = new AssociationRequest(
                usual.calling(), alias, usual.host(), usual.port(), usual.contexts(), usual.handlers(), usual.limits());

        try (DicomAssociation association = provider().open(byAlias)) {
            assertThat(association
                            .set(MPPS, new Uid("1.2.3"), step("A", "B"))
                            .status()
                            .isSuccess())
                    .isTrue();
        }
        assertThat(called).containsExactly(alias);
    }

    @Test
    void who_calls_from_elsewhere_is_rejected_as_a_stranger_is_and_that_is_told() {
        List<RejectionReport.Reason> told = new CopyOnWriteArrayList<>();
        PeerPolicy elsewhere = new PeerPolicy() {
            @Override
            public boolean isRegistered(AeTitle calling) {
                return POLICY.isRegistered(calling);
            }

            @Override
            public boolean mayCallFrom(AeTitle calling, @Nullable InetAddress from) {
                return from != null && !from.isLoopbackAddress();
            }

            @Override
            public RejectionReport rejections() {
                return (reason, calling, from) -> told.add(reason);
            }

            @Override
            public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                return POLICY.rolesOf(calling, sopClass);
            }
        };
        DicomListener listener = provider().listen(settings(limits().build()), elsewhere, ServiceHandlers.none());

        assertThatThrownBy(() -> provider().open(request(listener, Uids.Verification)))
                .isInstanceOfSatisfying(
                        AssociationException.class,
                        e -> assertThat(List.of(e.result(), e.source(), e.reason()))
                                .containsExactly(1, 1, 3));

        assertThat(told).containsExactly(RejectionReport.Reason.OTHER_HOST);
        assertThat(listener.associations()).isZero();
    }

    @Test
    void each_side_knows_the_address_of_the_other() {
        List<InetAddress> seen = new CopyOnWriteArrayList<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .set(MPPS, set -> {
                    set.association().peerAddress().ifPresent(seen::add);
                    return NResponse.success();
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MPPS))) {
            association.set(MPPS, new Uid("1.2.3"), step("A", "B"));
            association.peerAddress().ifPresent(seen::add);
        }

        assertThat(seen).hasSize(2).allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void an_abort_of_one_side_is_known_to_the_other() {
        DicomListener listener = listen(ServiceHandlers.none());
        DicomAssociation association = provider().open(request(listener, Uids.Verification));

        association.abort();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
        assertThat(association.isOpen()).isFalse();
        assertThatThrownBy(association::echo).isInstanceOf(AssociationException.class);
    }

    @Test
    void an_archive_that_sends_no_role_item_may_report_all_the_same() {
        DicomListener listener = listen(ServiceHandlers.builder()
                .eventReport(COMMITMENT, report -> NResponse.success())
                .build());

        try (DicomAssociation association = provider()
                .open(request(
                        listener,
                        ARCHIVE,
                        ServiceHandlers.none(),
                        List.of(PresentationContextProposal.scu(COMMITMENT))))) {
            assertThat(association.acceptedContexts()).containsKey(COMMITMENT);
        }
    }

    /** Requests that wait for each other: they end only when all are under way at once. */
    private int atOnce(int invoked, int performed) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        DicomListener listener = listen(
                ServiceHandlers.builder()
                        .set(MPPS, set -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            await().atMost(Duration.ofSeconds(20))
                                    .until(() -> most.get() == Math.min(invoked, performed));
                            running.decrementAndGet();
                            return NResponse.success();
                        })
                        .build(),
                limits().operations(1, performed));
        var usual = request(listener, MPPS);
        var wide = new AssociationRequest(
                usual.calling(),
                usual.called(),
                usual.host(),
                usual.port(),
                usual.contexts(),
                usual.handlers(),
                limits().operations(invoked, 1).build());
        try (DicomAssociation association = provider().open(wide)) {
            List<CompletableFuture<NResponse>> answers = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(6);
            for (int i = 1; i <= 6; i++) {
                Uid instance = new Uid("1.2." + i);
                answers.add(
                        CompletableFuture.supplyAsync(() -> association.set(MPPS, instance, step("A", "B")), threads));
            }
            for (int i = 0; i < 6; i++) {
                assertThat(answers.get(i).join().sopInstance()).isEqualTo(new Uid("1.2." + (i + 1)));
            }
            threads.shutdown();
        }
        return most.get();
    }

    @Test
    void as_many_requests_are_outstanding_as_both_sides_agreed_on() {
        assertThat(atOnce(3, 3)).isEqualTo(3);
        assertThat(atOnce(4, 2)).isEqualTo(2);
        assertThat(atOnce(2, 4)).isEqualTo(2);
        assertThat(atOnce(1, 1)).isEqualTo(1);
    }

    @Test
    void sop_classes_without_handler_are_not_accepted_and_the_others_are() {
        DicomListener listener = listen(ServiceHandlers.none());

        try (DicomAssociation association = provider().open(request(listener, MPPS, Uids.Verification))) {
            assertThat(association.acceptedContexts()).containsOnlyKeys(Uids.Verification);
            assertThatThrownBy(() -> association.set(MPPS, new Uid("1.2.3"), step("A", "B")))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_NOT_ACCEPTED));
        }
    }

    @Test
    void a_handler_that_asks_on_its_own_association_is_told_instead_of_waiting() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        DicomListener listener = listen(ServiceHandlers.builder()
                .action(COMMITMENT, action -> {
                    try {
                        action.association().eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, DataSet.empty());
                    } catch (IllegalStateException e) {
                        thrown.complete(e);
                    }
                    return NResponse.success();
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, COMMITMENT))) {
            association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, DataSet.empty());

            assertThat(thrown).isCompleted();
        }
    }

    @Test
    void a_scp_that_does_not_answer_is_aborted_after_the_response_time() {
        CountDownLatch done = new CountDownLatch(1);
        DicomListener listener = listen(ServiceHandlers.builder()
                .create(MPPS, create -> {
                    await().atMost(Duration.ofSeconds(20)).until(() -> done.getCount() == 0);
                    return NResponse.success();
                })
                .build());
        var slow = request(listener, MPPS);
        var hasty = new AssociationRequest(
                slow.calling(),
                slow.called(),
                slow.host(),
                slow.port(),
                slow.contexts(),
                slow.handlers(),
                limits().response(Duration.ofMillis(300)).build());

        DicomAssociation association = provider().open(hasty);

        assertThatThrownBy(() -> association.create(MPPS, new Uid("1.2.3"), step("A", "B")))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        done.countDown();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(association.isOpen()).isFalse());
    }

    @Test
    void too_many_requests_at_once_are_refused_and_echo_is_still_answered() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        DicomListener listener = provider()
                .listen(
                        settings(limits().handlers(1, 1).build()),
                        POLICY,
                        ServiceHandlers.builder()
                                .set(MPPS, set -> {
                                    running.incrementAndGet();
                                    await().atMost(Duration.ofSeconds(20)).until(() -> done.getCount() == 0);
                                    return NResponse.success();
                                })
                                .find(MWL, find -> Matches.of(List.of()))
                                .build());
        List<CompletableFuture<NResponse>> answers = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            DicomAssociation association = provider().open(request(listener, MPPS));
            answers.add(CompletableFuture.supplyAsync(() -> association.set(MPPS, new Uid("1.2.3"), step("A", "B"))));
            await().atMost(Duration.ofMinutes(1)).until(() -> running.get() == 1);
        }
        try (DicomAssociation association = provider().open(request(listener, MPPS, MWL, Uids.Verification))) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(association
                                    .set(MPPS, new Uid("1.2.4"), step("A", "B"))
                                    .status()
                                    .code())
                            .isEqualTo(0x0213));

            assertThat(association.find(MWL, step("", ""), 5).status().code()).isEqualTo(0xA700);
            assertThat(association.echo().isSuccess()).isTrue();
        }
        done.countDown();
        for (CompletableFuture<NResponse> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS).status().isSuccess()).isTrue();
        }
    }

    @Test
    void rejections_name_their_reason() {
        DicomListener listener =
                provider().listen(settings(limits().maxAssociations(1).build()), POLICY, ServiceHandlers.none());
        var known = request(listener, Uids.Verification);
        var stranger = request(listener, new AeTitle("STRANGER"), ServiceHandlers.none(), known.contexts());

        assertThatThrownBy(() -> provider().open(stranger))
                .isInstanceOfSatisfying(
                        AssociationException.class,
                        e -> assertThat(List.of(e.result(), e.source(), e.reason()))
                                .containsExactly(1, 1, 3));
        try (DicomAssociation first = provider().open(known)) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(() -> provider().open(known))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(List.of(e.result(), e.source(), e.reason()))
                                    .containsExactly(2, 3, 2));
        }
    }

    @Test
    void closing_the_listener_lets_the_running_handler_answer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        DicomListener listener = listen(ServiceHandlers.builder()
                .set(MPPS, set -> {
                    begun.countDown();
                    await().atMost(Duration.ofSeconds(20)).until(() -> done.getCount() == 0);
                    return NResponse.success();
                })
                .build());
        DicomAssociation association = provider().open(request(listener, MPPS));
        CompletableFuture<NResponse> answer =
                CompletableFuture.supplyAsync(() -> association.set(MPPS, new Uid("1.2.3"), step("A", "B")));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(listener::close);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatThrownBy(() -> provider().open(request(listener, MPPS)))
                        .isInstanceOf(AssociationException.class));
        done.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS).status().isSuccess()).isTrue();
        closing.get(10, TimeUnit.SECONDS);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(association.isOpen()).isFalse());
    }

    @Test
    void a_port_that_is_taken_is_told() {
        DicomListener listener = listen(ServiceHandlers.none());
        var taken = new ListenerSettings(
                TestPeers.COLLIMATOR, "127.0.0.1", listener.address().getPort(), limits().build());

        assertThatThrownBy(() -> provider().listen(taken, POLICY, ServiceHandlers.none()))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BIND));
    }

    @Test
    void a_peer_that_does_not_listen_is_told() {
        DicomListener listener = listen(ServiceHandlers.none());
        var request = request(listener, Uids.Verification);
        listener.close();

        assertThatThrownBy(() -> provider().open(request))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONNECT));
    }
}
