package io.collimator.hl7.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outbound.OrderStatusMessage.Header;
import io.collimator.hl7.outbound.OrderStatusMessage.OrderNumber;
import io.collimator.hl7.outbound.OrderStatusMessage.Patient;
import io.collimator.hl7.outbound.OrderStatusMessage.Procedure;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStatusMessageTest {

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-22T10:31:00+01:00");

    @Test
    void a_status_names_order_patient_and_study() {
        assertThat(message("LINDQVIST^ANNA^MARIA^MS^JR").toEr7()).isEqualTo("""
                        MSH|^~\\&|COLLIMATOR|RAD|RIS|SITE|20261122103100+0100||ORM^O01^ORM_O01|7|P|2.5.1||||||UNICODE UTF-8
                        PID|||P-1^^^NORTH||LINDQVIST^ANNA^MARIA^JR^MS||19740312|F
                        ORC|SC|ORD-1^NORTHRIS|FIL-1||IP||||20261122103100+0100
                        OBR|1|ORD-1^NORTHRIS|FIL-1|CT1^CT \\T\\ MORE^99N||||||||||||||ACC-1|RP-1|SPS-1||20261122103100+0100||CT
                        ZDS|1.2.3^COLLIMATOR^Application^DICOM
                        """.replace("\n", "\r"));
    }

    @Test
    void further_name_groups_become_typed_repetitions_that_read_back() {
        String er7 = message("Wang^XiaoDong=王^小东").toEr7();

        Hl7Segment pid = Hl7Message.parse(er7.getBytes(StandardCharsets.UTF_8))
                .first("PID")
                .orElseThrow();
        assertThat(pid.value(5, 1, 8, 1).orEmpty()).isEqualTo("A");
        assertThat(pid.value(5, 2, 1, 1).orEmpty()).isEqualTo("王");
        assertThat(pid.value(5, 2, 8, 1).orEmpty()).isEqualTo("I");
    }

    @Test
    void a_message_of_earlier_versions_gets_the_procedure_that_it_must_have() {
        String whole = message("LINDQVIST").toEr7();
        String queued = whole.replace("CT1^CT \\T\\ MORE^99N", "");

        assertThat(queued).isNotEqualTo(whole);
        assertThat(OrderStatusMessage.withProcedure(queued)).isEqualTo(whole.replace("CT1^CT \\T\\ MORE^99N", "RP-1"));
        assertThat(OrderStatusMessage.withProcedure(queued.replace("|RP-1|", "||")))
                .contains("|ACC-1||||||||||||||ACC-1||");
        assertThat(OrderStatusMessage.withProcedure("MSH|^~\\&|A\rORC|SC|A|B\rOBR|1|A^NS|\r"))
                .isEqualTo("MSH|^~\\&|A\rORC|SC|A|B\rOBR|1|A^NS||A\r");
        assertThat(OrderStatusMessage.withProcedure(whole)).isEqualTo(whole);
        assertThat(OrderStatusMessage.withProcedure("")).isEmpty();
    }

    @Test
    void no_value_can_end_a_segment() {
        assertThat(message("A\rORC|NW").toEr7().split("\r")).hasSize(5);
    }

    private static OrderStatusMessage message(String name) {
        return new OrderStatusMessage(
                new Header("COLLIMATOR", "RAD", "RIS", "SITE", TIME, "7", "P"),
                new Patient("P-1", OrderStatusMessage.Issuer.of("NORTH"), name, "19740312", "F"),
                new OrderNumber("ORD-1", OrderStatusMessage.Issuer.of("NORTHRIS")),
                new OrderNumber("FIL-1", OrderStatusMessage.Issuer.of("")),
                "IP",
                TIME,
                new Procedure("ACC-1", "RP-1", "CT1", "CT & MORE", "99N", "SPS-1", "CT", "1.2.3"),
                Map.of());
    }
}
