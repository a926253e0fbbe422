package io.collimator.hl7.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.hl7.outbound.OrderStatusMessage.Header;
import io.collimator.hl7.outbound.OrderStatusMessage.OrderNumber;
import io.collimator.hl7.outbound.OrderStatusMessage.Patient;
import io.collimator.hl7.outbound.OrderStatusMessage.Procedure;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplatesTest {

    private static final Path SHIPPED = Path.of("..", "..", "mapping", "templates");
    private static final String MSH = "MSH|^~\\&|{MSH-3}||||20261122||ORM^O01|{MSH-10}|P|2.3.1\n";

    private final OutboundValidation validation = new OutboundValidation();

    @Test
    void the_shipped_templates_write_the_other_forms() {
        MessageTemplates templates = MessageTemplates.load(SHIPPED);

        assertThat(templates.names())
                .containsExactlyInAnyOrder(
                        "status-orm-2.3", "status-orm-2.3.1", "status-omg-2.5.1", "status-omi-2.5.1");
        assertThat(write(templates, "status-orm-2.3.1")).isEqualTo("""
                        MSH|^~\\&|COLLIMATOR|RAD|RIS|SITE|20261122103100+0100||ORM^O01|7|P|2.3.1||||||UNICODE UTF-8
                        PID|||P-1^^^NORTH||LINDQVIST^ANNA||19740312|F
                        ORC|SC|ORD-1^NORTHRIS|FIL-1||IP||||20261122103100+0100
                        OBR|1|ORD-1^NORTHRIS|FIL-1|CT1^CT \\T\\ MORE^99N||||||||||||||ACC-1|RP-1|SPS-1||20261122103100+0100||CT
                        ZDS|1.2.3^COLLIMATOR^Application^DICOM
                        """.replace("\n", "\r"));
        assertThat(write(templates, "status-omg-2.5.1"))
                .contains("|OMG^O19^OMG_O19|7|P|2.5.1|", "\rZDS|1.2.3^COLLIMATOR^Application^DICOM\r");
        assertThat(write(templates, "status-omi-2.5.1"))
                .contains("|OMI^O23^OMI_O23|7|P|2.5.1|", "\rIPC|ACC-1|RP-1|1.2.3|SPS-1|CT\r")
                .doesNotContain("ZDS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status-orm-2.3", "status-orm-2.3.1", "status-omg-2.5.1", "status-omi-2.5.1"})
    void every_shipped_form_may_leave(String template) {
        MessageTemplates templates = MessageTemplates.load(SHIPPED);

        assertThatCode(() -> validation.check(write(templates, template))).doesNotThrowAnyException();
    }

    @Test
    void an_optional_segment_without_values_is_left_out_and_nothing_trails() {
        MessageTemplates templates = MessageTemplates.of(Map.of(
                "x.hl7", "# a comment\n" + MSH + "?ZDS|{ZDS-1}\nPID|||{PID-3.1}^^^{PID-3.4}^{PID-3.9}|x^{PID-3.9}|\n"));

        String written = templates.find("x").orElseThrow().write(status("").replaceAll("ZDS.*\r", ""));

        assertThat(written).isEqualTo("MSH|^~\\&|COLLIMATOR||||20261122||ORM^O01|7|P|2.3.1\rPID|||P-1^^^NORTH|x\r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{PV2-3}; 2; no such segment",
                "{PID-11}; 2; does not fill it",
                "{PID-3.0}; 2; does not fill it",
                "{body.text()}; 2; Write a field as {PID-3}",
                "{PID-3; 2; A brace has no partner",
                "PID-3}; 2; A brace has no partner",
                "x^{PID-3}; 2; {PID-3.1}",
            })
    void a_place_that_cannot_be_filled_is_named_with_file_and_line(String place, int line, String fix) {
        assertThatThrownBy(() -> MessageTemplates.of(Map.of("x.hl7", MSH + "PID|||" + place)))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        e -> assertThat(e.problems()).first().satisfies(problem -> {
                            assertThat(problem.file()).isEqualTo("mapping/templates/x.hl7");
                            assertThat(problem.line()).isEqualTo(line);
                            assertThat(problem.fix()).contains(fix);
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; The template is empty",
                "PID|||1; A template begins with MSH",
                "MSH|^~\\&|||||1||ORM^O01|1|P|2.4; 2.3, 2.3.1, 2.5.1",
                "MSH|^~\\&|||||1||ORM^O01|1|P|2.3.1\\nhello; Write a segment name",
            })
    void a_template_that_is_no_message_is_refused(String text, String fix) {
        assertThatThrownBy(() -> MessageTemplates.of(Map.of("x.hl7", text.replace("\\n", "\n"))))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(fix);
    }

    @Test
    void a_home_without_templates_has_none(@TempDir Path home) {
        assertThat(MessageTemplates.load(home.resolve("templates")).names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PID|||P-1^^^NORTH; PID|||; PID-3 (required",
                "|19740312|; |1974-03-12|; PID-7",
                "ORC|SC; ORC|; ORC-1 (required",
                "CT1^CT \\T\\ MORE^99N; ''; OBR-4 (required",
                "\\rOBR|; \\rTQ1|1\\rOBR|; belong",
                "20261122103100+0100||ORM; tomorrow||ORM; MSH-7",
                "|P|2.5.1|; |P|2.4|; MSH-12 is \"2.4\"",
                "ORM^O01^ORM_O01; ORM^O77^ORM_O77; MSH-9"
            })
    void what_is_wrong_with_a_message_is_named_without_its_values(String from, String to, String named) {
        String er7 = status("LINDQVIST^ANNA").replace(from.replace("\\r", "\r"), to.replace("\\r", "\r"));

        assertThat(er7).isNotEqualTo(status("LINDQVIST^ANNA"));
        assertThatThrownBy(() -> validation.check(er7))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessageContaining(named)
                .hasMessageNotContainingAny("LINDQVIST", "1974");
    }

    private static String write(MessageTemplates templates, String name) {
        String queued = status("LINDQVIST^ANNA");
        return name.isEmpty() ? queued : templates.find(name).orElseThrow().write(queued);
    }

    private static String status(String name) {
        OffsetDateTime time = OffsetDateTime.parse("2026-11-22T10:31:00+01:00");
        return new OrderStatusMessage(
                        new Header("COLLIMATOR", "RAD", "RIS", "SITE", time, "7", "P"),
                        new Patient("P-1", OrderStatusMessage.Issuer.of("NORTH"), name, "19740312", "F"),
                        new OrderNumber("ORD-1", OrderStatusMessage.Issuer.of("NORTHRIS")),
                        new OrderNumber("FIL-1", OrderStatusMessage.Issuer.of("")),
                        "IP",
                        time,
                        new Procedure("ACC-1", "RP-1", "CT1", "CT & MORE", "99N", "SPS-1", "CT", "1.2.3"),
                        Map.of())
                .toEr7();
    }
}
