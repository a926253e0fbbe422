package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.Hospital.ARCHIVE;
import static io.collimator.camel.dicom.Hospital.INTAKE;
import static io.collimator.camel.dicom.Hospital.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of our producers that DCMTK serves, against its servers. */
@Tag("peers")
@Timeout(120)
class DcmtkProducerIT {

    private static final String STUDY = """
            {
              "00080052": {"vr": "CS", "Value": ["STUDY"]},
              "0020000D": {"vr": "UI", "Value": ["1.2.3"]},
              "00080050": {"vr": "SH"}
            }
            """;

    private static final String WORKLIST = """
            {
              "00080050": {"vr": "SH", "Value": ["W1"]},
              "00100020": {"vr": "LO"}
            }
            """;

    @TempDir
    Path directory;

    private DcmtkServers dcmtk;
    private Path kept;

    @BeforeEach
    void prepare() throws IOException {
        dcmtk = new DcmtkServers(directory);
        kept = Files.createDirectory(directory.resolve("kept"));
    }

    @AfterEach
    void stop() {
        dcmtk.close();
    }

    private static String to(String name, String operation, String parameters) {
        return route("direct:" + name, """
                - to:
                    uri: dicom:%s
                    parameters:
                      calledAeTitle: ARCHIVE
                """.formatted(operation) + parameters.indent(6));
    }

    private static Exchange send(Hospital hospital, String name, Object body) {
        try (ProducerTemplate template = hospital.context.createProducerTemplate()) {
            Exchange exchange = template.request(
                    "direct:" + name, request -> request.getMessage().setBody(body));
            assertThat(exchange.getException()).isNull();
            return exchange;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> keptFiles() throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            return files.toList();
        }
    }

    @Test
    void storescp_answers_echo_and_takes_a_list_of_files() throws Exception {
        try (Hospital hospital = new Hospital(to("echo", "echo", "") + to("store", "store", ""), exchange -> {})) {
            hospital.register(ARCHIVE, dcmtk.storage(kept));

            Exchange echo = send(hospital, "echo", "");
            send(hospital, "store", List.of(dcmtk.image("1.2.3.1.1"), dcmtk.image("1.2.3.1.2")));

            assertThat(echo.getMessage().getHeader(DicomConstants.STATUS)).isEqualTo(DimseStatus.SUCCESS);
            assertThat(keptFiles()).hasSize(2);
        }
    }

    @Test
    void dcmqrscp_is_filled_searched_and_retrieved_from() throws Exception {
        Map<String, Integer> received = new ConcurrentHashMap<>();
        String routes = to("store", "store", "")
                + to("find", "find", "informationModel: study-root")
                + to("move", "move", "moveDestination: WORKSTATION")
                + to("get", "get", "receiver: direct:images")
                + route("direct:images", INTAKE);
        Hospital.Step keep = exchange -> received.put(
                exchange.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID).toString(),
                exchange.getMessage().getBody(InputStream.class).readAllBytes().length);
        try (Hospital hospital = new Hospital(routes, keep)) {
            int workstation = dcmtk.storage(kept);
            hospital.register(new AeTitle("WORKSTATION"), workstation);
            hospital.register(ARCHIVE, dcmtk.archive(workstation));
            send(hospital, "store", List.of(dcmtk.image("1.2.3.1.1"), dcmtk.image("1.2.3.1.2")));

            Exchange found = send(hospital, "find", STUDY);
            Exchange moved = send(hospital, "move", STUDY);
            Exchange got = send(hospital, "get", STUDY);

            assertThat((List<?>) found.getMessage().getBody())
                    .singleElement()
                    .satisfies(match -> assertThat(((DataSet) match).text(Tags.AccessionNumber))
                            .isEqualTo("A1"));
            assertThat(moved.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(2);
            assertThat(keptFiles()).hasSize(2);
            assertThat(got.getMessage().getHeader(DicomConstants.COMPLETED_SUBOPERATIONS))
                    .isEqualTo(2);
            assertThat(received).containsOnlyKeys("1.2.3.1.1", "1.2.3.1.2");
        }
    }

    @Test
    void wlmscpfs_is_searched_as_a_list_and_as_a_stream() throws Exception {
        String split = """
                - to: {uri: 'dicom:find', parameters: {calledAeTitle: ARCHIVE, streaming: true}}
                - split:
                    simple: "${body}"
                    streaming: true
                    steps:
                """ + INTAKE.indent(8);
        Map<Object, Boolean> streamed = new ConcurrentHashMap<>();
        Hospital.Step see = exchange ->
                streamed.put(exchange.getMessage().getBody(DataSet.class).text(Tags.PatientID), true);
        try (Hospital hospital = new Hospital(to("list", "find", "") + route("direct:stream", split), see)) {
            hospital.register(ARCHIVE, dcmtk.worklist("W1"));

            Exchange list = send(hospital, "list", WORKLIST);
            send(hospital, "stream", WORKLIST);

            assertThat((List<?>) list.getMessage().getBody()).hasSize(1);
            assertThat(streamed).containsOnlyKeys("PEER1");
        }
    }
}
