package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.WORKSTATION;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
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
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.CancelSignal;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.MoveHandler;
import io.collimator.dicom.service.MoveHandler.Move;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** C-MOVE and C-GET with their sub-operations, both sides (PS3.7 §9.1.3, §9.1.4; PS3.4 §C.4.2, §C.4.3). */
public abstract class RetrieveContract extends ProviderContract {

    private static final Uid GET = Uids.StudyRootQueryRetrieveInformationModelGet;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid MR = Uids.MRImageStorage;
    private static final Uid JPEG_LS = new Uid("1.2.840.10008.1.2.4.80");
    private static final DataSet STUDY = Dictionary.dataSet()
            .put(Tags.QueryRetrieveLevel, "STUDY")
            .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
            .build();

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    private static StoredInstance instance(Uid sopClass, int number) {
        byte[] content = new byte[20_000];
        content[0] = (byte) number;
        return StoredInstance.of(sopClass, new Uid("1.2.3." + number), JPEG_LS, content);
    }

    private static List<StoredInstance> instances(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> instance(CT, i)).toList();
    }

    /** Notes the last component of the UID and the first byte. */
    private final StoreHandler receiver = store -> {
        String uid = store.sopInstance().value();
        int first = store.dataSet().readAllBytes()[0];
        received.add(uid.substring(uid.lastIndexOf('.') + 1) + "=" + first);
        return DimseStatus.SUCCESS;
    };

    private DicomListener listenForGet(StoredInstances instances) {
        return listen(ServiceHandlers.builder()
                .get(GET, Set.of(CT, MR), get -> instances)
                .build());
    }

    private DicomAssociation openForGet(DicomListener listener) {
        return provider()
                .open(request(
                        listener,
                        WORKSTATION,
                        ServiceHandlers.none(),
                        List.of(
                                PresentationContextProposal.scu(GET),
                                PresentationContextProposal.scu(Uids.Verification),
                                PresentationContextProposal.retrieve(CT, JPEG_LS))));
    }

    @Test
    void get_brings_the_instances_on_the_same_association_and_counts_them() {
        DicomListener listener = listenForGet(StoredInstances.of(instances(3)));
        List<SubOperations> progress = new ArrayList<>();

        try (DicomAssociation association = openForGet(listener)) {
            RetrieveResult result = association.get(Query.of(GET, STUDY).tellingProgress(progress::add), receiver);

            assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(result.counts()).isEqualTo(new SubOperations(0, 3, 0, 0));
            assertThat(received).containsExactly("1=1", "2=2", "3=3");
            assertThat(progress).contains(new SubOperations(2, 1, 0, 0), new SubOperations(1, 2, 0, 0));
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void get_counts_what_was_refused_or_not_negotiated_and_names_it() {
        DicomListener listener = listenForGet(
                StoredInstances.of(List.of(instance(CT, 1), instance(MR, 2), instance(CT, 3), instance(CT, 4))));
        StoreHandler picky = store -> switch (store.sopInstance().value()) {
            case "1.2.3.3" -> DimseStatus.of(0xA700, "No room");
            case "1.2.3.4" -> DimseStatus.of(0xB000, "Coerced");
            default -> DimseStatus.SUCCESS;
        };

        try (DicomAssociation association = openForGet(listener)) {
            RetrieveResult result = association.get(Query.of(GET, STUDY), picky);

            assertThat(result.status().code()).isEqualTo(0xB000);
            assertThat(result.counts()).isEqualTo(new SubOperations(0, 1, 2, 1));
            assertThat(result.failedInstances()).containsExactly(new Uid("1.2.3.2"), new Uid("1.2.3.3"));
        }
    }

    @Test
    void get_of_which_nothing_arrives_has_failed() {
        DicomListener listener = listenForGet(StoredInstances.of(instances(2)));

        try (DicomAssociation association = openForGet(listener)) {
            RetrieveResult result = association.get(Query.of(GET, STUDY), store -> DimseStatus.of(0xA700, "No room"));

            assertThat(result.status().code()).isEqualTo(0xA702);
            assertThat(result.counts()).isEqualTo(new SubOperations(0, 0, 2, 0));
            assertThat(result.failedInstances()).hasSize(2);
        }
    }

    @Test
    void get_is_ended_by_a_signal_and_the_rest_is_not_sent() {
        AtomicBoolean closed = new AtomicBoolean();
        CancelSignal signal = new CancelSignal();
        DicomListener listener = listenForGet(closing(instances(1000), closed));

        try (DicomAssociation association = openForGet(listener)) {
            RetrieveResult result = association.get(Query.of(GET, STUDY).cancelledBy(signal), store -> {
                signal.cancel();
                return receiver.handle(store);
            });

            assertThat(result.status().code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(result.counts().remaining() + result.counts().done()).isEqualTo(1000);
            assertThat(received).hasSizeLessThan(100);
            assertThat(association.echo().isSuccess()).isTrue();
        }
        assertThat(closed).isTrue();
    }

    private static StoredInstances closing(List<StoredInstance> list, AtomicBoolean closed) {
        StoredInstances instances = StoredInstances.of(list);
        return new StoredInstances() {
            @Override
            public int total() {
                return instances.total();
            }

            @Override
            public boolean hasNext() {
                return instances.hasNext();
            }

            @Override
            public StoredInstance next() {
                return instances.next();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    @Test
    void get_ends_when_the_peer_is_gone() {
        AtomicBoolean closed = new AtomicBoolean();
        DicomListener listener = listenForGet(closing(instances(2000), closed));

        DicomAssociation association = openForGet(listener);
        CompletableFuture<RetrieveResult> getting =
                CompletableFuture.supplyAsync(() -> association.get(Query.of(GET, STUDY), receiver));
        await().atMost(Duration.ofMinutes(1)).until(() -> received.size() > 5);
        association.abort();

        await().atMost(Duration.ofMinutes(1)).untilTrue(closed);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(getting).isCompletedExceptionally());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    /** Opens an association to the destination, which is a listener of the same provider. */
    private MoveHandler.DestinationConnector to(DicomListener destination) {
        return () -> provider()
                .open(request(
                        destination,
                        WORKSTATION,
                        ServiceHandlers.none(),
                        List.of(PresentationContextProposal.store(CT, JPEG_LS))));
    }

    private DicomAssociation openForMove(MoveHandler handler) {
        DicomListener listener =
                listen(ServiceHandlers.builder().move(MOVE, handler).build());
        return provider().open(request(listener, MOVE, Uids.Verification));
    }

    @Test
    void move_sends_the_instances_to_the_destination_in_the_name_of_who_asked() throws Exception {
        CompletableFuture<String> originator = new CompletableFuture<>();
        DicomListener destination = listen(ServiceHandlers.builder()
                .store(CT, store -> {
                    originator.complete(String.valueOf(store.moveOriginator()));
                    return receiver.handle(store);
                })
                .build());
        CompletableFuture<MoveHandler.MoveRequest> asked = new CompletableFuture<>();
        List<SubOperations> progress = new ArrayList<>();

        try (DicomAssociation association = openForMove(move -> {
            asked.complete(move);
            return new Move(StoredInstances.of(instances(3)), to(destination));
        })) {
            RetrieveResult result =
                    association.move(Query.of(MOVE, STUDY).tellingProgress(progress::add), new AeTitle("PACS2"));

            assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(result.counts()).isEqualTo(new SubOperations(0, 3, 0, 0));
            assertThat(asked.get(1, TimeUnit.SECONDS).destination()).isEqualTo(new AeTitle("PACS2"));
            assertThat(asked.get(1, TimeUnit.SECONDS).identifier()).isEqualTo(STUDY);
            assertThat(originator.get(1, TimeUnit.SECONDS))
                    .contains("CT1")
                    .contains(Integer.toString(asked.get().messageId()));
        }
        assertThat(received).containsExactly("1=1", "2=2", "3=3");
        assertThat(progress).contains(new SubOperations(2, 1, 0, 0));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(destination.associations()).isZero());
    }

    @Test
    void move_of_nothing_succeeds_and_opens_no_association() {
        AtomicBoolean connected = new AtomicBoolean();

        try (DicomAssociation association = openForMove(move -> new Move(StoredInstances.of(List.of()), () -> {
            connected.set(true);
            throw new IllegalStateException("not wanted");
        }))) {
            RetrieveResult result = association.move(Query.of(MOVE, STUDY), new AeTitle("PACS2"));

            assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(result.counts()).isEqualTo(SubOperations.NONE);
            assertThat(connected).isFalse();
        }
    }

    @Test
    void move_to_who_cannot_be_reached_fails_for_every_instance() {
        DicomListener gone = listen(ServiceHandlers.none());
        gone.close();

        try (DicomAssociation association = openForMove(move -> new Move(StoredInstances.of(instances(2)), to(gone)))) {
            RetrieveResult result = association.move(Query.of(MOVE, STUDY), new AeTitle("PACS2"));

            assertThat(result.status().code()).isEqualTo(0xA702);
            assertThat(result.counts()).isEqualTo(new SubOperations(0, 0, 2, 0));
            assertThat(result.failedInstances()).containsExactly(new Uid("1.2.3.1"), new Uid("1.2.3.2"));
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void move_to_an_unknown_destination_is_refused() {
        DimseStatus unknown = DimseStatus.of(0xA801, "Move destination unknown");

        try (DicomAssociation association = openForMove(move -> {
            throw new DimseException(unknown);
        })) {
            RetrieveResult result = association.move(Query.of(MOVE, STUDY), new AeTitle("NOBODY"));

            assertThat(result.status()).isEqualTo(unknown);
            assertThat(result.counts()).isEqualTo(SubOperations.NONE);
        }
    }

    private DicomAssociation openForMove(MoveHandler handler, TestPeers.Limits limits) {
        DicomListener listener =
                listen(ServiceHandlers.builder().move(MOVE, handler).build());
        AssociationRequest usual = request(listener, MOVE);
        return provider()
                .open(new AssociationRequest(
                        usual.calling(),
                        usual.called(),
                        usual.host(),
                        usual.port(),
                        usual.contexts(),
                        usual.handlers(),
                        limits.build()));
    }

    @Test
    void move_may_take_longer_than_other_responses_without_a_word() {
        MoveHandler slow = move -> {
            await().atMost(Duration.ofMinutes(1))
                    .pollDelay(Duration.ofSeconds(1))
                    .until(() -> true);
            return new Move(StoredInstances.of(List.of()), () -> {
                throw new IllegalStateException("not wanted");
            });
        };

        try (DicomAssociation association = openForMove(slow, limits().response(Duration.ofMillis(300)))) {
            RetrieveResult result = association.move(Query.of(MOVE, STUDY), new AeTitle("PACS2"));

            assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
        }
    }

    @Test
    void move_that_brings_no_response_is_given_up_after_its_own_time() throws Exception {
        CountDownLatch givenUp = new CountDownLatch(1);
        MoveHandler stuck = move -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> givenUp.getCount() == 0);
            throw new DimseException(DimseStatus.of(0xC001));
        };

        try (DicomAssociation association = openForMove(stuck, limits().move(Duration.ofMillis(300)))) {
            assertThatThrownBy(() -> association.move(Query.of(MOVE, STUDY), new AeTitle("PACS2")))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                    .hasMessageContaining("PT0.3S");
        } finally {
            givenUp.countDown();
        }
    }

    @Test
    void move_is_ended_by_a_signal() {
        CancelSignal signal = new CancelSignal();
        DicomListener destination = listen(ServiceHandlers.builder()
                .store(CT, store -> {
                    signal.cancel();
                    return receiver.handle(store);
                })
                .build());

        try (DicomAssociation association =
                openForMove(move -> new Move(StoredInstances.of(instances(1000)), to(destination)))) {
            RetrieveResult result = association.move(Query.of(MOVE, STUDY).cancelledBy(signal), new AeTitle("PACS2"));

            assertThat(result.status().code()).isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat(received).hasSizeLessThan(100);
        }
    }

    @Test
    void instances_that_cannot_be_found_after_all_end_it_with_their_status() {
        DimseStatus failure = DimseStatus.of(0xC123, "The archive is gone");
        StoredInstances two = StoredInstances.of(instances(2));
        StoredInstances breaking = new StoredInstances() {
            @Override
            public int total() {
                return 5;
            }

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public StoredInstance next() {
                if (!two.hasNext()) {
                    throw new DimseException(failure);
                }
                return two.next();
            }

            @Override
            public void close() {
                two.close();
            }
        };
        DicomListener listener = listenForGet(breaking);

        try (DicomAssociation association = openForGet(listener)) {
            RetrieveResult result = association.get(Query.of(GET, STUDY), receiver);

            assertThat(result.status()).isEqualTo(failure);
            assertThat(result.counts().completed()).isEqualTo(2);
        }
    }
}
