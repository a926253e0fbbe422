package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.engine.messaging.NoticeFormat.Correspondents;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outbound.OutboundValidation;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeFormatTest {

    private static final UUID ID = UUID.fromString("0190f5a0-1111-7222-8333-444455556666");
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12.345Z");

    private static final Notice.Procedure CHEST = new Notice.Procedure("EX1", "LOCAL", "CT chest", "SPS1", "CT");

    private final NoticeFormat format = new NoticeFormat(
            new AeTitle("COL LIM"), new Correspondents("COLLIMATOR", "RAD", "RIS", "HOSP", "P"), ZoneOffset.ofHours(1));

    @ParameterizedTest
    @CsvSource({"SCHEDULED,SC", "IN_PROGRESS,IP", "COMPLETED,CM", "DISCONTINUED,DC", "CANCELLED,CA"})
    void a_status_is_an_order_message_with_the_state_in_orc_5(ProcedureState state, String code) {
        String text = format.encode(
                ID, AT, new Notice.Status(accession(state, CustodyState.NONE), CHEST, null, SentFields.NONE));

        Hl7Message message = Hl7Message.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(message.kind()).isEqualTo("ORM^O01");
        assertThat(message.headers().field(10)).hasSizeLessThanOrEqualTo(20).isNotEmpty();
        assertThat(message.first("ORC")).hasValueSatisfying(orc -> {
            assertThat(orc.value(1).orEmpty()).isEqualTo("SC");
            assertThat(orc.value(2).orEmpty()).isEqualTo("PLACER1");
            assertThat(orc.value(3).orEmpty()).isEqualTo("FILLER1");
            assertThat(orc.value(3, 2).orEmpty()).isEqualTo("RIS");
            assertThat(orc.value(5).orEmpty()).isEqualTo(code);
        });
        assertThat(message.first("OBR"))
                .hasValueSatisfying(obr -> assertThat(obr.value(18).orEmpty()).isEqualTo("ACC1"));
    }

    @Test
    void a_message_sent_again_has_the_same_control_id() {
        assertThat(NoticeFormat.controlId(ID))
                .isEqualTo(NoticeFormat.controlId(ID))
                .hasSize(20);
        assertThat(NoticeFormat.controlId(new UUID(0, 1))).isEqualTo("1");
    }

    @Test
    void an_event_is_a_cloud_event_with_states_and_counts_and_without_the_patient() throws Exception {
        Notice.Event event = new Notice.Event(
                EventType.CUSTODY_OUTSTANDING,
                accession(ProcedureState.COMPLETED, CustodyState.OUTSTANDING),
                new InstanceCounts(5, 2, 1));

        String text = format.encode(ID, AT, event);

        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("id").asText()).isEqualTo(ID.toString());
        assertThat(json.path("source").asText()).isEqualTo("/collimator/COL%20LIM");
        assertThat(json.path("type").asText()).isEqualTo("custody.outstanding");
        assertThat(json.path("subject").asText()).isEqualTo("ACC1");
        assertThat(json.path("time").asText()).isEqualTo("2026-11-22T10:11:12.345Z");
        assertThat(json.at("/data/procedureState").asText()).isEqualTo("COMPLETED");
        assertThat(json.at("/data/custodyState").asText()).isEqualTo("OUTSTANDING");
        assertThat(json.at("/data/instances").toString())
                .isEqualTo("{\"expected\":5,\"committed\":2,\"failed\":1,\"outstanding\":2,\"final\":true}");
        assertThat(text).doesNotContain("Doe").doesNotContain("19700101").doesNotContain("MRN1");
    }

    @Test
    void an_exception_without_accession_has_no_subject() throws Exception {
        ExceptionRecord exception = new ExceptionRecord(
                ID,
                AT,
                ExceptionType.MESSAGE_REFUSED,
                null,
                "RIS|HOSP",
                "ORC-1 is ZZ; expected NW.",
                new Evidence("x-application/hl7-v2+er7", "MSH|Doe".getBytes(StandardCharsets.UTF_8)));

        String text = format.encode(ID, AT, new Notice.Problem(exception));

        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.path("type").asText()).isEqualTo("exception.message-refused");
        assertThat(json.has("subject")).isFalse();
        assertThat(json.at("/data/accessionIssuer").isNull()).isTrue();
        assertThat(json.at("/data/summary").asText()).isEqualTo("ORC-1 is ZZ; expected NW.");
        assertThat(text).doesNotContain("Doe");
    }

    @Test
    void an_exception_says_who_gave_the_accession_number() throws Exception {
        ExceptionRecord exception = new ExceptionRecord(
                ID,
                AT,
                ExceptionType.NO_STATION,
                new AccessionNumber("ACC1", "NORTH"),
                "RIS|HOSP",
                "No station.",
                new Evidence("x-application/hl7-v2+er7", new byte[0]));

        JsonNode json = new ObjectMapper().readTree(format.encode(ID, AT, new Notice.Problem(exception)));

        assertThat(json.at("/data/accessionNumber").asText()).isEqualTo("ACC1");
        assertThat(json.at("/data/accessionIssuer/namespace").asText()).isEqualTo("NORTH");
    }

    @Test
    void a_patient_event_names_numbers_and_accessions_and_has_a_subject_when_there_is_one() throws Exception {
        List<AccessionNumber> two = List.of(new AccessionNumber("ACC1"), new AccessionNumber("ACC2"));

        JsonNode updated = new ObjectMapper()
                .readTree(format.encode(
                        ID,
                        AT,
                        new Notice.PatientUpdated(
                                new PatientId("MRN1", "HOSP"), List.of(new AccessionNumber("ACC1")))));
        JsonNode merged = new ObjectMapper()
                .readTree(format.encode(
                        ID,
                        AT,
                        new Notice.PatientMerged(
                                List.of(new Notice.PatientMerged.Merge(
                                        new PatientId("OLD", null), new PatientId("MRN1", "HOSP"))),
                                two)));

        assertThat(updated.path("type").asText()).isEqualTo("patient.updated");
        assertThat(updated.path("subject").asText()).isEqualTo("ACC1");
        assertThat(updated.path("data").toString())
                .isEqualTo(
                        "{\"patient\":{\"id\":\"MRN1\",\"issuer\":{\"namespace\":\"HOSP\",\"universalId\":null,\"type\":null}},\"accessionNumbers\":[\"ACC1\"]}");
        assertThat(merged.path("type").asText()).isEqualTo("patient.merged");
        assertThat(merged.has("subject")).isFalse();
        assertThat(merged.path("data").toString())
                .isEqualTo(
                        "{\"merges\":[{\"patient\":{\"id\":\"MRN1\",\"issuer\":{\"namespace\":\"HOSP\",\"universalId\":null,\"type\":null}},"
                                + "\"prior\":{\"id\":\"OLD\",\"issuer\":null}}],\"accessionNumbers\":[\"ACC1\",\"ACC2\"]}");
    }

    @Test
    void a_result_is_passed_on_as_it_came() {
        String text = "MSH|^~\\&|REPORTS\rOBX|1|TX|||Kein Befund: Å 山田\r";

        assertThat(format.encode(ID, AT, new Notice.Result(text, false))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"MSH|^~\\&|R||||||ORU^R01|7|P|2.5.1", "MSH|^~\\&|R||||||ORU^R01||P|2.5.1"})
    void a_further_part_of_a_result_has_a_control_id_of_its_own(String header) {
        String text = format.encode(ID, AT, new Notice.Result(header + "\rOBR|1\r", true));

        assertThat(text).isEqualTo("MSH|^~\\&|R||||||ORU^R01|" + NoticeFormat.controlId(ID) + "|P|2.5.1\rOBR|1\r");
    }

    @ParameterizedTest
    @CsvSource({
        "EX1, LOCAL, CT head, EX1^CT head^LOCAL",
        "EX1, '', '', EX1",
        "'', '', CT head, ^CT head",
        "'', '', '', RP1",
        "'', '', 'A^B', ^A\\S\\B"
    })
    void every_status_says_the_procedure_and_is_valid(String code, String scheme, String text, String expected) {
        Notice.Procedure procedure = new Notice.Procedure(code, scheme, text, "SPS1", "CT");

        String status = format.encode(
                ID,
                AT,
                new Notice.Status(
                        accession(ProcedureState.SCHEDULED, CustodyState.NONE), procedure, null, SentFields.NONE));

        assertThat(status.lines().flatMap(line -> Arrays.stream(line.split("\r"))))
                .filteredOn(line -> line.startsWith("OBR|"))
                .singleElement()
                .satisfies(obr -> assertThat(obr.split("\\|")[4]).isEqualTo(expected));
        new OutboundValidation().check(status);
    }

    private static Accession accession(ProcedureState procedure, CustodyState custody) {
        return new Accession(
                new AccessionNumber("ACC1"),
                new Patient(new PatientId("MRN1", "HOSP"), "Doe^Jane", "19700101", "F"),
                new Uid("1.2.3"),
                "RP1",
                new OrderNumber("PLACER1", null),
                new OrderNumber("FILLER1", "RIS"),
                OrderStatus.SCHEDULED,
                procedure,
                custody);
    }
}
