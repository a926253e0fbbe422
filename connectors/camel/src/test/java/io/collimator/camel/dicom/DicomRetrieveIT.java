package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.Hospital.INTAKE;
import static io.collimator.camel.dicom.Hospital.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.file.DicomFile;
import io.collimator.dicom.file.DicomFileReader;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.MoveHandler;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstances;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding and retrieving by routes, against a peer of our own, over real sockets. */
@Timeout(60)
class DicomRetrieveIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final DataSet STUDY = Dictionary.dataSet()
            .put(Tags.QueryRetrieveLevel, "STUDY")
            .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
            .build();
    private static final byte[] PIXELS = new byte[100_000];

    private static String to(String operation, String parameters) {
        return """
                - to:
                    uri: dicom:%s
                    parameters:
                      calledAeTitle: ARCHIVE
                """.formatted(operation) + parameters.indent(6);
    }

    private static Exchange send(Hospital hospital, Object body) {
        try (ProducerTemplate template = hospital.context.createProducerTemplate()) {
            return template.request(
                    "direct:in", exchange -> exchange.getMessage().setBody(body));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSet match(int number) {
        return Dictionary.dataSet().put(Tags.AccessionNumber, "A" + number).build();
    }

    private static StoredInstance instance(int number, byte[] dataSet) {
        return StoredInstance.of(CT, new Uid("1.2.3.1." + number), Uids.ExplicitVRLittleEndian, dataSet);
    }

    /** Matches without end, and how many of them were pulled. */
    private record Endless(AtomicInteger pulled, AtomicInteger closed) implements Matches {

        Endless() {
            this(new AtomicInteger(), new AtomicInteger());
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public DataSet next() {
            return match(pulled.incrementAndGet());
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "worklist, 1.2.840.10008.5.1.4.31",
        "patient-root, 1.2.840.10008.5.1.4.1.2.1.1",
        "study-root, 1.2.840.10008.5.1.4.1.2.2.1",
    })
    void find_asks_in_the_information_model_that_its_route_names(String model, String sopClass) throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(new Uid(sopClass), request -> Matches.of(List.of(request.identifier())))
                .build();
        try (Hospital hospital =
                        new Hospital(route("direct:in", to("find", "informationModel: " + model)), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            assertThat(archive.address()).isNotNull();
            assertThat(send(hospital, STUDY).getMessage().getBody()).isEqualTo(List.of(STUDY));
        }
    }

    @Test
    void an_identifier_may_be_dicom_json_and_may_hold_any_letter() throws Exception {
        BlockingQueue<DataSet> asked = new LinkedBlockingQueue<>(8);
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(Uids.ModalityWorklistInformationModelFind, request -> {
                    asked.add(request.identifier());
                    return Matches.of(List.of());
                })
                .build();
        try (Hospital hospital = new Hospital(route("direct:in", to("find", "")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            Exchange exchange =
                    send(hospital, "{\"00100010\": {\"vr\": \"PN\", \"Value\": [{\"Alphabetic\": \"MÜLLER*\"}]}}");

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException()).isNull();
            assertThat(asked.remove().text(Tags.PatientName)).isEqualTo("MÜLLER*");
            assertThat(send(hospital, "no JSON").getException()).isNotNull();
        }
    }

    @Test
    void a_list_that_was_cut_says_so_and_one_that_just_fits_does_not() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(
                        Uids.ModalityWorklistInformationModelFind,
                        request -> Matches.of(
                                IntStream.range(0, request.identifier().isEmpty() ? 3 : 2)
                                        .mapToObj(DicomRetrieveIT::match)
                                        .toList()))
                .build();
        try (Hospital hospital = new Hospital(route("direct:in", to("find", "maxMatches: 2")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            Exchange cut = send(hospital, DataSet.empty());
            Exchange whole = send(hospital, STUDY);

            assertThat(archive.address()).isNotNull();
            assertThat((List<?>) cut.getMessage().getBody()).hasSize(2);
            assertThat(cut.getMessage()
                            .getHeader(DicomConstants.STATUS, DimseStatus.class)
                            .code())
                    .isEqualTo(DimseStatus.CANCEL_CODE);
            assertThat((List<?>) whole.getMessage().getBody()).hasSize(2);
            assertThat(whole.getMessage().getHeader(DicomConstants.STATUS)).isEqualTo(DimseStatus.SUCCESS);
        }
    }

    private static final String SPLIT = """
            - split:
                simple: "${body}"
                streaming: true
                stopOnException: true
                steps:
            """ + INTAKE.indent(8);

    @Test
    void a_stream_gives_every_match_to_a_split() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(
                        Uids.ModalityWorklistInformationModelFind,
                        request -> Matches.of(IntStream.range(0, 1_000)
                                .mapToObj(DicomRetrieveIT::match)
                                .toList()))
                .build();
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>(2_000);
        try (Hospital hospital = new Hospital(
                        route("direct:in", to("find", "streaming: true") + SPLIT),
                        exchange -> seen.add(exchange.getMessage().getBody()));
                DicomListener archive = hospital.archive(handlers)) {
            assertThat(send(hospital, STUDY).getException()).isNull();

            assertThat(seen).hasSize(1_000).startsWith(match(0)).endsWith(match(999));
            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == 0);
        }
    }

    @Test
    void a_stream_is_cancelled_when_its_route_ends_before_it() throws Exception {
        Endless endless = new Endless();
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(Uids.ModalityWorklistInformationModelFind, request -> endless)
                .build();
        AtomicInteger taken = new AtomicInteger();
        try (Hospital hospital = new Hospital(route("direct:in", to("find", "streaming: true") + SPLIT), exchange -> {
                    if (taken.incrementAndGet() == 3) {
                        throw new IllegalStateException("enough");
                    }
                });
                DicomListener archive = hospital.archive(handlers)) {
            Exchange exchange = send(hospital, STUDY);

            assertThat(exchange.getException()).hasStackTraceContaining("enough");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> endless.closed().get() == 1 && archive.associations() == 0);
            assertThat(taken).hasValue(3);
        }
    }

    @Test
    void a_stream_that_nobody_pulls_does_not_fill_the_memory_and_ends_with_its_exchange() throws Exception {
        Endless endless = new Endless();
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(Uids.ModalityWorklistInformationModelFind, request -> endless)
                .build();
        BlockingQueue<MatchStream> streams = new LinkedBlockingQueue<>(8);
        try (Hospital hospital = new Hospital(
                        route("direct:in", to("find", "streaming: true") + INTAKE),
                        exchange -> streams.add(exchange.getMessage().getBody(MatchStream.class)));
                DicomListener archive = hospital.archive(handlers)) {
            send(hospital, STUDY);

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> endless.closed().get() == 1 && archive.associations() == 0);
            MatchStream closed = streams.remove();
            assertThat(closed.hasNext()).isFalse();
            assertThatThrownBy(closed::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void a_stream_ends_with_the_failure_status_of_the_peer() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(Uids.ModalityWorklistInformationModelFind, request -> {
                    throw new DimseException(DimseStatus.of(0xA700));
                })
                .build();
        try (Hospital hospital =
                        new Hospital(route("direct:in", to("find", "streaming: true") + SPLIT), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            Exchange exchange = send(hospital, STUDY);

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException())
                    .isInstanceOfSatisfying(
                            DimseException.class,
                            e -> assertThat(e.status().code()).isEqualTo(0xA700));
        }
    }

    @Test
    void move_has_the_instances_sent_to_a_registered_peer_and_to_no_other() throws Exception {
        BlockingQueue<AeTitle> destinations = new LinkedBlockingQueue<>(8);
        BlockingQueue<Priority> priorities = new LinkedBlockingQueue<>(8);
        ServiceHandlers handlers = ServiceHandlers.builder()
                .move(Uids.StudyRootQueryRetrieveInformationModelMove, request -> {
                    destinations.add(request.destination());
                    priorities.add(request.priority());
                    return new MoveHandler.Move(StoredInstances.of(List.of()), () -> {
                        throw new IllegalStateException("nothing to send");
                    });
                })
                .build();
        try (Hospital hospital = new Hospital(
                        route("direct:in", to("move", "moveDestination: WORKSTATION\npriority: high")),
                        exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            Exchange unknown = send(hospital, STUDY);
            hospital.register(new AeTitle("WORKSTATION"), archive.address().getPort());
            Exchange known = send(hospital, STUDY);

            assertThat(unknown.getException()).hasMessageContaining("WORKSTATION");
            assertThat(known.getException()).isNull();
            assertThat(known.getMessage().getBody(RetrieveResult.class).status())
                    .isEqualTo(DimseStatus.SUCCESS);
            assertThat(known.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(0);
            assertThat(destinations).containsExactly(new AeTitle("WORKSTATION"));
            assertThat(priorities).containsExactly(Priority.HIGH);
        }
    }

    private static ServiceHandlers holding(StoredInstance... instances) {
        return ServiceHandlers.builder()
                .get(
                        Uids.StudyRootQueryRetrieveInformationModelGet,
                        Set.of(CT),
                        request -> StoredInstances.of(List.of(instances)))
                .build();
    }

    @Test
    void each_instance_of_a_get_is_a_file_for_the_receiving_route() throws Exception {
        Map<Object, byte[]> received = new ConcurrentHashMap<>();
        Hospital.Step keep = exchange -> {
            DicomFile file = new DicomFileReader(CodecLimits.defaults(), SloppinessListener.NONE)
                    .open(exchange.getMessage().getBody(InputStream.class));
            assertThat(exchange.getMessage().getHeader(DicomConstants.SOP_CLASS_UID))
                    .isEqualTo(CT);
            assertThat(exchange.getMessage().getHeader(DicomConstants.TRANSFER_SYNTAX_UID))
                    .isEqualTo(file.transferSyntax());
            assertThat(file.meta().sopInstance())
                    .contains(exchange.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID, Uid.class));
            received.put(
                    exchange.getMessage()
                            .getHeader(DicomConstants.SOP_INSTANCE_UID)
                            .toString(),
                    file.content().readAllBytes());
        };
        String routes = route("direct:in", to("get", "receiver: direct:images")) + route("direct:images", INTAKE);
        try (Hospital hospital = new Hospital(routes, keep);
                DicomListener archive =
                        hospital.archive(holding(instance(1, PIXELS), instance(2, new byte[] {8, 0, 5, 0})))) {
            Exchange exchange = send(hospital, STUDY);

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(2);
            assertThat(received).containsOnlyKeys("1.2.3.1.1", "1.2.3.1.2");
            assertThat(received.get("1.2.3.1.1")).isEqualTo(PIXELS);
        }
    }

    @Test
    void an_instance_that_the_receiving_route_cannot_take_is_counted_as_failed() throws Exception {
        String routes = route("direct:in", to("get", "receiver: direct:images")) + route("direct:images", INTAKE);
        Hospital.Step refuse = exchange -> {
            if (exchange.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID).equals(new Uid("1.2.3.1.1"))) {
                throw new IllegalStateException("full");
            }
        };
        try (Hospital hospital = new Hospital(routes, refuse);
                DicomListener archive = hospital.archive(holding(instance(1, PIXELS), instance(2, PIXELS)))) {
            Exchange exchange = send(hospital, STUDY);

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage()
                            .getHeader(DicomConstants.STATUS, DimseStatus.class)
                            .isWarning())
                    .isTrue();
            assertThat(exchange.getMessage().getHeader(DicomConstants.FAILED_SUBOPERATIONS))
                    .isEqualTo(1);
            assertThat(exchange.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(1);
        }
    }

    @Test
    void an_instance_over_the_limit_and_one_of_another_class_are_not_taken() throws Exception {
        String parameters = "receiver: direct:images\nmaxInstanceBytes: 1000\nstorageClasses: " + Uids.CTImageStorage;
        String routes = route("direct:in", to("get", parameters)) + route("direct:images", INTAKE);
        StoredInstance other = StoredInstance.of(
                Uids.MRImageStorage, new Uid("1.2.3.1.3"), Uids.ExplicitVRLittleEndian, new byte[] {8, 0, 5, 0});
        try (Hospital hospital = new Hospital(
                        routes,
                        exchange ->
                                exchange.getMessage().getBody(InputStream.class).readAllBytes());
                DicomListener archive = hospital.archive(holding(instance(1, PIXELS), other))) {
            Exchange exchange = send(hospital, STUDY);

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(0);
            assertThat(exchange.getMessage().getHeader(DicomConstants.FAILED_SUBOPERATIONS))
                    .isEqualTo(2);
        }
    }
}
