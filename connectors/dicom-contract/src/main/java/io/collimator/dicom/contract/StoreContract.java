package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.MoveOriginator;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** C-STORE, both sides: bytes go through as they are (PS3.7 §9.1.1). */
public abstract class StoreContract extends ProviderContract {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid INSTANCE = new Uid("1.2.3.4.5");
    private static final Uid JPEG_LS = new Uid("1.2.840.10008.1.2.4.80");
    /** Of a vendor: no table has it. */
    private static final Uid PRIVATE_SYNTAX = new Uid("1.3.46.670589.33.1.4.1");

    private static final int LARGE = 64 * 1024 * 1024;

    private static StoredInstance instance(byte[] dataSet) {
        return StoredInstance.of(CT, INSTANCE, JPEG_LS, dataSet);
    }

    /** Bytes that look like nothing that could be decoded. */
    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Even numbers of zeros, counted as they are read. */
    private static InputStream zeros(long length, AtomicLong read) {
        return new InputStream() {
            @Override
            public int read() {
                return read.get() < length && read.incrementAndGet() > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                int given = (int) Math.min(count, length - read.get());
                read.addAndGet(given);
                return given == 0 && count > 0 ? -1 : given;
            }
        };
    }

    private static InputStream badSector() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bad sector");
            }

            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                throw new IOException("bad sector");
            }
        };
    }

    private DicomListener listenFor(StoreHandler handler) {
        return listen(ServiceHandlers.builder().store(CT, handler).build());
    }

    private DicomAssociation open(DicomListener listener) {
        return provider()
                .open(request(
                        listener,
                        CT1,
                        ServiceHandlers.none(),
                        List.of(
                                PresentationContextProposal.scu(Uids.Verification),
                                PresentationContextProposal.store(CT, JPEG_LS),
                                PresentationContextProposal.store(CT, PRIVATE_SYNTAX))));
    }

    @Test
    void an_instance_arrives_byte_for_byte_with_what_was_said_about_it() {
        CompletableFuture<StoreHandler.StoreRequest> received = new CompletableFuture<>();
        CompletableFuture<byte[]> content = new CompletableFuture<>();
        DicomListener listener = listenFor(store -> {
            content.complete(store.dataSet().readAllBytes());
            received.complete(store);
            return DimseStatus.SUCCESS;
        });
        byte[] sent = bytes(300_000);
        MoveOriginator originator = new MoveOriginator(new AeTitle("WORKSTATION"), 4711);

        try (DicomAssociation association = open(listener)) {
            DimseStatus status = association.store(
                    StoredInstance.of(CT, INSTANCE, PRIVATE_SYNTAX, sent), new StoreOptions(Priority.HIGH, originator));

            assertThat(status).isEqualTo(DimseStatus.SUCCESS);
            assertThat(content.join()).isEqualTo(sent);
            assertThat(received)
                    .isCompletedWithValueMatching(store -> store.sopClass().equals(CT)
                            && store.sopInstance().equals(INSTANCE)
                            && store.transferSyntax().equals(PRIVATE_SYNTAX)
                            && store.priority() == Priority.HIGH
                            && originator.equals(store.moveOriginator()));
            assertThat(association.acceptedContexts().get(CT)).containsExactly(JPEG_LS, PRIVATE_SYNTAX);
        }
    }

    @Test
    void many_instances_go_over_one_association() {
        AtomicLong total = new AtomicLong();
        DicomListener listener = listenFor(store -> {
            total.addAndGet(store.dataSet().readAllBytes().length);
            return DimseStatus.SUCCESS;
        });

        try (DicomAssociation association = open(listener)) {
            for (int length : List.of(2, 16_372, 16_378, 16_380, 65_536, 131_072, 1_000_000)) {
                assertThat(association.store(instance(bytes(length))).isSuccess())
                        .isTrue();
            }
        }
        assertThat(total).hasValue(2 + 16_372 + 16_378 + 16_380 + 65_536 + 131_072 + 1_000_000);
    }

    @Test
    void a_slow_handler_slows_the_sender_and_nobody_keeps_the_instance_in_memory() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        AtomicLong received = new AtomicLong();
        DicomListener listener = listenFor(store -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> mayRead.getCount() == 0);
            received.set(store.dataSet().transferTo(OutputStream.nullOutputStream()));
            return DimseStatus.SUCCESS;
        });

        try (DicomAssociation association = open(listener)) {
            CompletableFuture<DimseStatus> storing = CompletableFuture.supplyAsync(
                    () -> association.store(new StoredInstance(CT, INSTANCE, JPEG_LS, () -> zeros(LARGE, sent))));
            AtomicLong before = new AtomicLong(-1);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(LARGE / 2);
            mayRead.countDown();

            assertThat(storing.get(30, TimeUnit.SECONDS).isSuccess()).isTrue();
        }
        assertThat(received).hasValue(LARGE);
    }

    @Test
    void a_handler_need_not_read_and_the_association_stays_usable() {
        DimseStatus warning = DimseStatus.of(0xB000, "Kept elsewhere");
        DicomListener listener = listenFor(store -> warning);

        try (DicomAssociation association = open(listener)) {
            assertThat(association.store(instance(bytes(2_000_000)))).isEqualTo(warning);
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void what_a_handler_throws_becomes_a_status_that_gives_nothing_away() {
        DimseStatus mismatch = DimseStatus.of(0xA900, "No CT image", Tags.Modality);
        DicomListener listener = listenFor(store -> {
            switch (store.sopInstance().value()) {
                case "1.2.1" -> throw new DimseException(mismatch);
                case "1.2.2" -> throw new IOException("/secret/disk is full");
                default -> throw new IllegalStateException("jdbc password is swordfish");
            }
        });

        try (DicomAssociation association = open(listener)) {
            DimseStatus refused = association.store(StoredInstance.of(CT, new Uid("1.2.1"), JPEG_LS, bytes(100_000)));
            DimseStatus full = association.store(StoredInstance.of(CT, new Uid("1.2.2"), JPEG_LS, bytes(100_000)));
            DimseStatus broken = association.store(StoredInstance.of(CT, new Uid("1.2.3"), JPEG_LS, bytes(100_000)));

            assertThat(refused).isEqualTo(mismatch);
            assertThat(full.code() & 0xFF00).isEqualTo(0xA700);
            assertThat(full.errorComment()).doesNotContain("secret");
            assertThat(broken.code() & 0xF000).isEqualTo(0xC000);
            assertThat(broken.errorComment()).doesNotContain("swordfish");
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void an_instance_over_the_limit_is_refused_and_not_taken() {
        DicomListener listener = listenFor(new StoreHandler() {
            @Override
            public DimseStatus handle(StoreRequest request) throws IOException {
                request.dataSet().readAllBytes();
                return DimseStatus.SUCCESS;
            }

            @Override
            public long maxDataSetBytes() {
                return 1_000_000;
            }
        });

        try (DicomAssociation association = open(listener)) {
            assertThat(association.store(instance(bytes(1_000_000))).isSuccess())
                    .isTrue();
            assertThat(association.store(instance(bytes(1_000_002))).code() & 0xFF00)
                    .isEqualTo(0xA700);
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void an_instance_in_a_syntax_that_was_not_agreed_on_is_not_sent() {
        DicomListener listener = listenFor(store -> DimseStatus.SUCCESS);

        try (DicomAssociation association = open(listener)) {
            StoredInstance uncompressed = StoredInstance.of(CT, INSTANCE, Uids.ExplicitVRLittleEndian, bytes(10));

            assertThatThrownBy(() -> association.store(uncompressed))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_NOT_ACCEPTED));
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void a_source_that_breaks_off_ends_the_association_and_both_sides_know() {
        CompletableFuture<IOException> atTheHandler = new CompletableFuture<>();
        DicomListener listener = listenFor(store -> {
            try {
                store.dataSet().readAllBytes();
            } catch (IOException e) {
                atTheHandler.complete(e);
                throw e;
            }
            return DimseStatus.SUCCESS;
        });
        StoredInstance broken = new StoredInstance(
                CT,
                INSTANCE,
                JPEG_LS,
                () -> new SequenceInputStream(new ByteArrayInputStream(new byte[500_000]), badSector()));
        DicomAssociation association = open(listener);

        assertThatThrownBy(() -> association.store(broken)).isInstanceOf(AssociationException.class);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(association.isOpen()).isFalse());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(atTheHandler).isCompleted());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }
}
