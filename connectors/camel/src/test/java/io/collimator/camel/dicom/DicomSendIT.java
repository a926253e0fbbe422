package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.Hospital.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.file.DicomFileWriter;
import io.collimator.dicom.file.FileMeta;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoredInstance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances and performed steps that routes send, to a peer of our own, over real sockets. */
@Timeout(60)
class DicomSendIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid STEP = Uids.ModalityPerformedProcedureStep;
    private static final DataSet IMAGE =
            Dictionary.dataSet().put(Tags.AccessionNumber, "A1").build();

    @TempDir
    Path directory;

    private final Map<String, Integer> stored = new ConcurrentHashMap<>();

    private final ServiceHandlers archiveHandlers = ServiceHandlers.builder()
            .store(CT, request -> {
                stored.merge(request.sopInstance().value(), request.dataSet().readAllBytes().length, Integer::sum);
                return request.sopInstance().value().endsWith(".66")
                        ? DimseStatus.of(0xA700, "Full")
                        : DimseStatus.SUCCESS;
            })
            .build();

    private static String to(String operation) {
        return "- to: {uri: 'dicom:%s', parameters: {calledAeTitle: ARCHIVE}}\n".formatted(operation);
    }

    private static Exchange send(Hospital hospital, Object body, Map<String, Object> headers) {
        try (ProducerTemplate template = hospital.context.createProducerTemplate()) {
            return template.request("direct:in", exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] file(String instance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomFileWriter.write(FileMeta.of(CT, new Uid(instance), Uids.ExplicitVRLittleEndian), IMAGE, out);
        return out.toByteArray();
    }

    @Test
    void store_sends_files_streams_bytes_and_lists_of_them() throws Exception {
        Path onDisk = directory.resolve("image.dcm");
        Files.write(onDisk, file("1.2.3.1"));
        List<Object> all = List.of(
                onDisk,
                onDisk.toFile(),
                file("1.2.3.2"),
                new ByteArrayInputStream(file("1.2.3.3")),
                StoredInstance.of(CT, new Uid("1.2.3.4"), Uids.ExplicitVRLittleEndian, new byte[] {1, 2, 3, 4}));
        try (Hospital hospital = new Hospital(route("direct:in", to("store")), exchange -> {});
                DicomListener archive = hospital.archive(archiveHandlers)) {
            Exchange list = send(hospital, all, Map.of());
            Exchange one = send(hospital, file("1.2.3.5"), Map.of());

            assertThat(archive.address()).isNotNull();
            assertThat(list.getException()).isNull();
            assertThat((List<?>) list.getMessage().getBody()).hasSize(5);
            assertThat(one.getMessage().getBody())
                    .isEqualTo(List.of(new StoreOutcome(CT, new Uid("1.2.3.5"), DimseStatus.SUCCESS)));
            assertThat(one.getMessage().getHeader(DicomConstants.STATUS)).isEqualTo(DimseStatus.SUCCESS);
            assertThat(stored).containsOnlyKeys("1.2.3.1", "1.2.3.2", "1.2.3.3", "1.2.3.4", "1.2.3.5");
            assertThat(stored.get("1.2.3.1")).isEqualTo(2 * stored.get("1.2.3.2"));
        }
    }

    @Test
    void store_stops_at_the_first_instance_that_is_refused() throws Exception {
        try (Hospital hospital = new Hospital(route("direct:in", to("store")), exchange -> {});
                DicomListener archive = hospital.archive(archiveHandlers)) {
            Exchange exchange = send(hospital, List.of(file("1.2.3.1"), file("1.2.3.66"), file("1.2.3.2")), Map.of());

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException())
                    .isInstanceOfSatisfying(
                            DimseException.class,
                            e -> assertThat(e.status().code()).isEqualTo(0xA700));
            assertThat((List<?>) exchange.getProperty(DicomConstants.OUTCOMES)).hasSize(2);
            assertThat((List<?>) exchange.getMessage().getBody())
                    .as("what a redelivery sends")
                    .hasSize(3);
            assertThat(stored).containsOnlyKeys("1.2.3.1", "1.2.3.66");
        }
    }

    @Test
    void store_refuses_what_it_cannot_send_and_texts_that_could_name_a_file() throws Exception {
        try (Hospital hospital = new Hospital(route("direct:in", to("store")), exchange -> {});
                DicomListener archive = hospital.archive(archiveHandlers)) {
            StoredInstance mr = StoredInstance.of(
                    Uids.MRImageStorage, new Uid("1.2.3.9"), Uids.ExplicitVRLittleEndian, new byte[] {1, 2});

            assertThat(archive.address()).isNotNull();
            assertThat(send(hospital, "/etc/passwd", Map.of()).getException()).hasMessageContaining("java.lang.String");
            assertThat(send(hospital, List.of(), Map.of()).getException()).hasMessageContaining("0 instances");
            assertThat(send(hospital, new byte[] {1, 2, 3}, Map.of()).getException())
                    .hasMessageContaining("file meta information");
            assertThat(send(hospital, mr, Map.of()).getException()).isInstanceOf(AssociationException.class);
            assertThat(stored).isEmpty();
        }
    }

    @Test
    void mpps_creates_sets_and_gets_a_performed_step() throws Exception {
        BlockingQueue<Object> requests = new LinkedBlockingQueue<>(8);
        Uid made = new Uid("1.2.3.77");
        ServiceHandlers handlers = ServiceHandlers.builder()
                .create(STEP, request -> {
                    requests.add(request.attributes());
                    return new NResponse(DimseStatus.SUCCESS, made, DataSet.empty());
                })
                .set(STEP, request -> {
                    requests.add(request.sopInstance());
                    return NResponse.success();
                })
                .nGet(
                        Uids.ModalityPerformedProcedureStepRetrieve,
                        request -> new NResponse(DimseStatus.SUCCESS, request.sopInstance(), IMAGE))
                .build();
        try (Hospital hospital = new Hospital(route("direct:in", to("mpps")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            Exchange created = send(hospital, IMAGE, Map.of(DicomConstants.SERVICE, DimseService.N_CREATE));
            Exchange set = send(
                    hospital,
                    IMAGE,
                    Map.of(DicomConstants.SERVICE, "N-SET", DicomConstants.SOP_INSTANCE_UID, made.value()));
            Exchange got = send(
                    hospital,
                    "left alone",
                    Map.of(DicomConstants.SERVICE, DimseService.N_GET, DicomConstants.SOP_INSTANCE_UID, made));

            assertThat(archive.address()).isNotNull();
            assertThat(created.getException()).isNull();
            assertThat(created.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID))
                    .isEqualTo(made);
            assertThat(set.getException()).isNull();
            assertThat(got.getMessage().getBody(NResponse.class).dataSet()).isEqualTo(IMAGE);
            assertThat(requests).containsExactly(IMAGE, made);
        }
    }

    @Test
    void mpps_needs_its_service_and_an_instance_and_throws_failures() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .set(STEP, request -> NResponse.of(DimseStatus.of(0x0110)))
                .build();
        try (Hospital hospital = new Hospital(route("direct:in", to("mpps")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            assertThat(archive.address()).isNotNull();
            assertThat(send(hospital, IMAGE, Map.of()).getException())
                    .hasMessageContaining("CamelDicomService", "N-CREATE");
            assertThat(send(hospital, IMAGE, Map.of(DicomConstants.SERVICE, "C-FIND"))
                            .getException())
                    .hasMessageContaining("N-SET");
            assertThat(send(hospital, IMAGE, Map.of(DicomConstants.SERVICE, "N-SET"))
                            .getException())
                    .hasMessageContaining("CamelDicomSopInstanceUid");
            assertThat(send(
                                    hospital,
                                    IMAGE,
                                    Map.of(
                                            DicomConstants.SERVICE,
                                            "N-SET",
                                            DicomConstants.SOP_INSTANCE_UID,
                                            "1.2.3.77"))
                            .getException())
                    .isInstanceOf(DimseException.class);
        }
    }
}
