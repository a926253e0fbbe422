package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.CancelSignal;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** C-FIND, both sides (PS3.7 §9.1.2). */
public abstract class FindContract extends ProviderContract {

    private static final Query ALL = Query.of(MWL, step("", ""));

    /** Never runs out. */
    private static final class Endless implements Matches {

        private final AtomicInteger pulled = new AtomicInteger();
        private final AtomicBoolean closed = new AtomicBoolean();
        private String comments = "";

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public DataSet next() {
            return Dictionary.dataSet(step("A" + pulled.incrementAndGet(), "A^B"))
                    .put(Tags.PatientComments, comments)
                    .build();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private final Endless endless = new Endless();

    private DicomListener listenEndless() {
        return listen(ServiceHandlers.builder().find(MWL, find -> endless).build());
    }

    @Test
    void matches_come_back_in_order_and_in_unicode() {
        List<DataSet> steps = IntStream.range(0, 500)
                .mapToObj(i -> step("A" + i, "MÜLLER^山田"))
                .toList();
        DicomListener listener = listen(
                ServiceHandlers.builder().find(MWL, find -> Matches.of(steps)).build());

        try (DicomAssociation association = provider().open(request(listener, MWL))) {
            FindResult result = association.find(MWL, step("", ""), 1000);

            assertThat(result.status().isSuccess()).isTrue();
            assertThat(result.matches()).isEqualTo(steps);
        }
    }

    @Test
    void a_search_that_brings_too_much_is_cancelled_and_the_association_stays_usable() {
        DicomListener listener = listenEndless();

        try (DicomAssociation association = provider().open(request(listener, MWL, Uids.Verification))) {
            FindResult result = association.find(MWL, step("", ""), 3);

            assertThat(result.matches()).hasSize(3);
            assertThat(result.status().code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(association.echo().isSuccess()).isTrue();
        }
        await().atMost(Duration.ofMinutes(1)).untilTrue(endless.closed);
    }

    @Test
    void matches_are_given_on_as_they_come_until_nobody_wants_more() {
        DicomListener listener = listenEndless();
        List<String> seen = new ArrayList<>();

        try (DicomAssociation association = provider().open(request(listener, MWL, Uids.Verification))) {
            DimseStatus status = association.find(ALL, match -> {
                seen.add(match.text(Tags.AccessionNumber));
                return seen.size() < 3;
            });

            assertThat(status.code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(seen).containsExactly("A1", "A2", "A3");
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void a_slow_consumer_slows_the_search() {
        DicomListener listener = listenEndless();
        AtomicInteger before = new AtomicInteger(-1);
        endless.comments = "x".repeat(10_000);

        try (DicomAssociation association = provider().open(request(listener, MWL))) {
            association.find(ALL, match -> {
                // the count stands still while this one match is held
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> before.getAndSet(endless.pulled.get()) == endless.pulled.get());
                return false;
            });
        }

        await().atMost(Duration.ofMinutes(1)).untilTrue(endless.closed);
    }

    @Test
    void another_thread_can_end_a_search() throws Exception {
        DicomListener listener = listenEndless();
        CancelSignal signal = new CancelSignal();

        try (DicomAssociation association = provider().open(request(listener, MWL, Uids.Verification))) {
            CompletableFuture<DimseStatus> search =
                    CompletableFuture.supplyAsync(() -> association.find(ALL.cancelledBy(signal), match -> true));
            await().atMost(Duration.ofMinutes(1)).until(() -> endless.pulled.get() > 10);
            signal.cancel();

            assertThat(search.get(10, TimeUnit.SECONDS).code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void a_search_ends_when_the_peer_is_gone() {
        DicomListener listener = listenEndless();
        DicomAssociation association = provider().open(request(listener, MWL));

        CompletableFuture<DimseStatus> search =
                CompletableFuture.supplyAsync(() -> association.find(ALL, match -> true));
        await().atMost(Duration.ofMinutes(1)).until(() -> endless.pulled.get() > 10);
        association.abort();

        assertThatThrownBy(() -> search.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AssociationException.class);
        await().atMost(Duration.ofMinutes(1)).untilTrue(endless.closed);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void a_refusal_reaches_the_scu_with_comment_and_offending_elements() {
        DimseStatus refusal = DimseStatus.of(0xA900, "The date is no date", Tags.ScheduledProcedureStepStartDate);
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> {
                    throw new DimseException(refusal);
                })
                .build());

        try (DicomAssociation association = provider().open(request(listener, MWL))) {
            assertThat(association.find(MWL, step("", ""), 10).status()).isEqualTo(refusal);
        }
    }
}
