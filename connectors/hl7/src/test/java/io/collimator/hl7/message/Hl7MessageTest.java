package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.AckOutcome.Rejected;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7MessageTest {

    private static final String MSH = "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C1|P|2.3.1";

    @Test
    void every_segment_is_found_in_order_whatever_its_place_and_name() {
        Hl7Message message =
                parse(MSH, "ORC|NW|A", "OBR|1", "OBX|1", "OBX|2", "PID|||P1", "ORC|NW|B", "OBR|2", "ZDS|1.2", "ZZ9|x");

        assertThat(message.segments())
                .extracting(Hl7Segment::toString)
                .containsExactly(
                        "MSH[1]", "ORC[1]", "OBR[1]", "OBX[1]", "OBX[2]", "PID[1]", "ORC[2]", "OBR[2]", "ZDS[1]",
                        "ZZ9[1]");
    }

    @Test
    void absent_cleared_and_valued_are_told_apart() {
        Hl7Segment pid = parse(MSH, "PID|||\"\"||A&B^C^^\"\"|~x").first("PID").orElseThrow();

        assertThat(pid.value(1).isAbsent()).isTrue();
        assertThat(pid.value(3).isCleared()).isTrue();
        assertThat(pid.value(3, 4).isCleared()).as("all of a cleared field").isTrue();
        assertThat(pid.value(5, 1, 1, 2).orEmpty()).isEqualTo("B");
        assertThat(pid.value(5, 2).orEmpty()).isEqualTo("C");
        assertThat(pid.value(5, 3).isAbsent()).isTrue();
        assertThat(pid.value(5, 4).isCleared()).isTrue();
        assertThat(pid.value(6, 2, 1, 1).orEmpty()).isEqualTo("x");
        assertThat(pid.value(99).isAbsent()).isTrue();
    }

    @Test
    void each_order_gets_its_own_segments_and_the_patient_the_rest() {
        Hl7Message message = parse(
                MSH,
                "PID|||P1",
                "NTE|1||of patient",
                "PV1||I",
                "OBX|1|NM|w",
                "ORC|NW|A",
                "TQ1|1",
                "OBR|1",
                "NTE|1||a",
                "ZDS|1.2",
                "ORC|NW|B",
                "OBR|2",
                "AL1|1",
                "OBX|1");

        assertThat(message.messageLevel())
                .extracting(Hl7Segment::name)
                .containsExactly("MSH", "PID", "PV1", "OBX", "AL1");
        assertThat(message.patientNotes()).hasSize(1);
        assertThat(message.orderGroups()).hasSize(2);
        assertThat(message.orderGroups().get(0).all("TQ1")).hasSize(1);
        assertThat(message.orderGroups().get(0).all("NTE")).hasSize(1);
        assertThat(message.orderGroups().get(0).all("OBX")).isEmpty();
        assertThat(message.orderGroups().get(1).all("OBX")).hasSize(1);
        assertThat(message.orderGroups().get(1).first("ZDS")).isEmpty();
    }

    @Test
    void each_request_and_each_imaging_segment_is_a_step_of_its_order() {
        List<OrderGroup> groups = parse(
                        MSH, "ORC|NW|A", "TQ1|9", "OBR|1", "IPC|X1", "IPC|X2", "OBR|2", "NTE|1", "ORC|CA|B")
                .orderGroups();

        assertThat(groups)
                .extracting(OrderGroup::toString)
                .containsExactly(
                        "OrderGroup[1.1 [ORC[1], TQ1[1], OBR[1], IPC[1]]]",
                        "OrderGroup[1.2 [ORC[1], TQ1[1], OBR[1], IPC[2]]]",
                        "OrderGroup[1.3 [ORC[1], TQ1[1], OBR[2], NTE[1]]]",
                        "OrderGroup[2.1 [ORC[2]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void any_line_end_and_a_byte_order_mark_are_tolerated(String end) {
        byte[] content = ("\uFEFF" + String.join(end, MSH, "PID|||Pä", "ORC|NW", "")).getBytes(StandardCharsets.UTF_8);

        Hl7Message message = Hl7Message.parse(content);

        assertThat(message.segments()).hasSize(3);
        assertThat(message.first("PID").orElseThrow().value(3).orEmpty()).isEqualTo("Pä");
    }

    @Test
    void a_line_feed_inside_a_text_is_part_of_it() {
        Hl7Message message = parse(MSH, "ORC|NW", "NTE|1||first\nsecond");

        assertThat(message.first("NTE").orElseThrow().value(3).orEmpty()).isEqualTo("first\nsecond");
    }

    @ParameterizedTest
    @CsvSource({
        "UNICODE UTF-8, UTF-8, Åsé",
        "8859/1, ISO-8859-1, Åsé",
        "ISO8859-1, ISO-8859-1, Åsé",
        "8859/2, ISO-8859-2, Łódź",
        "8859/5, ISO-8859-5, Люкceмбypг",
        "8859/15, ISO-8859-15, €",
        "WINDOWS-1252, windows-1252, €",
        "GB 18030-2000, GB18030, 王小东",
        "KS X 1001, EUC-KR, 김희중",
        "'', ISO-8859-1, Åsé",
        "ASCII, ISO-8859-1, Åsé",
        "KLINGON, ISO-8859-1, Åsé"
    })
    void text_is_decoded_by_msh_18(String declared, String charset, String name) {
        String text = MSH + "||||||" + declared + "\rPID|||1||" + name + "\r";

        Hl7Message message = Hl7Message.parse(text.getBytes(Charset.forName(charset)));

        assertThat(message.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo(name);
    }

    @Test
    void latin_1_bytes_that_are_declared_as_utf_8_are_read_and_named() {
        byte[] content = (MSH + "||||||UNICODE UTF-8\rPID|||1||Åström\r").getBytes(StandardCharsets.ISO_8859_1);

        Hl7Message message = Hl7Message.parse(content);

        assertThat(message.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo("Åström");
        assertThat(message.warnings()).singleElement().asString().contains("MSH-18", "UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "A\\T\\B, A&B",
        "A\\F\\\\S\\\\R\\\\E\\B, A|^~\\B",
        "\\X414243\\, ABC",
        "C:\\dir, C:\\dir",
        "a\\zz\\T\\b, a\\zz&b",
        "\\H\\bold\\N\\, bold",
        "5\\\\6, 5\\\\6"
    })
    void escapes_are_resolved(String raw, String text) {
        assertThat(parse(MSH, "NTE|1||" + raw)
                        .first("NTE")
                        .orElseThrow()
                        .value(3)
                        .orEmpty())
                .isEqualTo(text);
    }

    @Test
    void an_escaped_line_break_is_cr_lf_and_an_escaped_escape_makes_none() {
        Hl7Segment note =
                parse(MSH, "NTE|1||a\\.br\\b|c\\E\\.br\\E\\d").first("NTE").orElseThrow();

        assertThat(note.value(3).orEmpty()).isEqualTo("a\r\nb");
        assertThat(note.value(4).orEmpty()).isEqualTo("c\\.br\\d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSH|^~\\&#|A|B|||1||ORM^O01|1|P|2.7\rPID|||1||X^Y",
                "MSH$%~\\&$A$B$$$1$$ORM%O01$1$P$2.3\rPID$$$1$$X%Y",
                "MSH|^~\\|A|B|||1||ORM^O01|1|P|2.3\rPID|||1||X^Y",
                "MSH|^~\\&|A|B|||1||ORM|1|P|2.3\rPID|||1||X^Y",
                "MSH|^~\\&|A|B|||1||ORM^O01^ORM_O01|1|P|9.9\rPID|||1||X^Y",
                "MSH|^~\\&|A|B|||1||ORM^O01|1|P|\rPID|||1||X^Y",
                "MSH|^~\\&|A|B|||1||ORM^O01\rPID|||1||X^Y"
            })
    void odd_headers_are_read(String text) {
        Hl7Message message = Hl7Message.parse(text.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(message.kind()).isEqualTo("ORM^O01");
        assertThat(message.first("PID").orElseThrow().value(5, 2).orEmpty()).isEqualTo("Y");
    }

    @Test
    void what_is_no_hl7_is_rejected() {
        assertThatThrownBy(() -> Hl7Message.parse("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(
                        Hl7RejectedException.class, e -> assertThat(e.refusal()).isInstanceOf(Rejected.class));
        assertThatThrownBy(() -> Hl7Message.parse(new byte[0])).isInstanceOf(Hl7RejectedException.class);
    }

    @Test
    void a_line_that_is_no_segment_is_a_content_error_that_does_not_quote_it() {
        assertThatThrownBy(() -> parse(MSH, "PID|||1||DOE", "continued DOE"))
                .isInstanceOfSatisfying(
                        Hl7RejectedException.class, e -> assertThat(e.refusal()).isInstanceOf(ContentError.class))
                .hasMessageContaining("Line 3")
                .hasMessageNotContaining("DOE");
    }

    @Test
    void two_messages_in_one_frame_are_refused() {
        assertThatThrownBy(() -> parse(MSH, "PID|||1", MSH, "PID|||2"))
                .hasMessageContaining("100 MSH[2]")
                .hasMessageContaining("second message header");
    }

    @Test
    void a_message_beyond_the_limits_is_refused() {
        String many = "OBX|1\r".repeat(3_000);

        assertThatThrownBy(() -> parse(MSH, many)).hasMessageContaining("3001 segments");
        assertThatThrownBy(() -> parse(MSH, "OBX" + "|".repeat(600_000))).hasMessageContaining("separators");
    }

    @Test
    void the_digest_sees_content_and_type_but_not_the_rest_of_the_header() {
        String same = "MSH|^~\\&|OTHER|X|||20261123||ORM^O01|C2|P|2.5";

        assertThat(parse(MSH, "PID|||1").contentDigest())
                .isEqualTo(parse(same, "PID|||1\n").contentDigest())
                .isNotEqualTo(parse(MSH, "PID|||2").contentDigest())
                .isNotEqualTo(
                        parse(MSH.replace("ORM^O01", "ADT^A08"), "PID|||1").contentDigest())
                .hasSize(64);
    }

    @Test
    void nothing_that_prints_shows_values() {
        Hl7Message message = parse(MSH, "PID|||1||DOE^JOHN", "ORC|NW|ORD1");

        assertThat(message + "" + message.headers() + message.orderGroups() + message.segments())
                .doesNotContain("DOE", "ORD1", "SITE");
    }

    private static Hl7Message parse(String... segments) {
        return Hl7Message.parse(String.join("\r", segments).getBytes(StandardCharsets.ISO_8859_1));
    }
}
