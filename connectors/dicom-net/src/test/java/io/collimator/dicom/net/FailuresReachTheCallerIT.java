package io.collimator.dicom.net;

import static io.collimator.dicom.net.TestPeers.COMMITMENT;
import static io.collimator.dicom.net.TestPeers.COMMITMENT_INSTANCE;
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
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The provider talks to itself, and what cannot be had is said to the side that wanted it. */
@Timeout(60)
class FailuresReachTheCallerIT {

    private final NettyDicomProvider provider = new NettyDicomProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private DicomListener listen(ServiceHandlers handlers) {
        return provider.listen(settings(limits().build()), POLICY, handlers);
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

        try (DicomAssociation association = provider.open(request(listener, COMMITMENT))) {
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

        DicomAssociation association = provider.open(hasty);

        assertThatThrownBy(() -> association.create(MPPS, new Uid("1.2.3"), step("A", "B")))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        done.countDown();
        await().untilAsserted(() -> assertThat(association.isOpen()).isFalse());
    }

    @Test
    void too_many_requests_at_once_are_refused_and_echo_is_still_answered() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        DicomListener listener = provider.listen(
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
            DicomAssociation association = provider.open(request(listener, MPPS));
            answers.add(CompletableFuture.supplyAsync(() -> association.set(MPPS, new Uid("1.2.3"), step("A", "B"))));
            await().until(() -> running.get() == 1);
        }
        try (DicomAssociation association = provider.open(request(listener, MPPS, MWL, Uids.Verification))) {
            await().untilAsserted(() -> assertThat(association
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
                provider.listen(settings(limits().maxAssociations(1).build()), POLICY, ServiceHandlers.none());
        var known = request(listener, Uids.Verification);
        var stranger = request(listener, new AeTitle("STRANGER"), ServiceHandlers.none(), known.contexts());

        assertThatThrownBy(() -> provider.open(stranger))
                .isInstanceOfSatisfying(
                        AssociationException.class,
                        e -> assertThat(List.of(e.result(), e.source(), e.reason()))
                                .containsExactly(1, 1, 3));
        try (DicomAssociation first = provider.open(known)) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(() -> provider.open(known))
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
        DicomAssociation association = provider.open(request(listener, MPPS));
        CompletableFuture<NResponse> answer =
                CompletableFuture.supplyAsync(() -> association.set(MPPS, new Uid("1.2.3"), step("A", "B")));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(listener::close);
        await().untilAsserted(() -> assertThatThrownBy(() -> provider.open(request(listener, MPPS)))
                .isInstanceOf(AssociationException.class));
        done.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS).status().isSuccess()).isTrue();
        closing.get(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(association.isOpen()).isFalse());
    }

    @Test
    void a_port_that_is_taken_is_told() {
        DicomListener listener = listen(ServiceHandlers.none());
        var taken = new ListenerSettings(
                TestPeers.COLLIMATOR, "127.0.0.1", listener.address().getPort(), limits().build());

        assertThatThrownBy(() -> provider.listen(taken, POLICY, ServiceHandlers.none()))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BIND));
    }

    @Test
    void a_peer_that_does_not_listen_is_told() {
        DicomListener listener = listen(ServiceHandlers.none());
        var request = request(listener, Uids.Verification);
        listener.close();

        assertThatThrownBy(() -> provider.open(request))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONNECT));
    }
}
