package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field of the body, whatever the body is. */
class TerserLanguageTest {

    private static final String ORDER = """
            MSH|^~\\&|RIS|NORTH|COLLIMATOR|X|20260102030405||ORM^O01|77|P|2.5.1||||||8859/1
            PID|||4711^^^NORTH&1.2.3&ISO^MR~0815^^^SOUTH^PI||Müller^Anna \\T\\ Eva
            PV1||I|4A^^^CARDIO
            ORC|NW|P1|""
            OBR|1|P1||XTHO^Thorax||||||||||||||A1||||||CT
            OBX|1|ST|1^One||first
            OBX|2|ST|2^Two||second~third
            """.replace("\n", "\r");

    private final TerserLanguage language = new TerserLanguage(MllpEngine.settings(Duration.ofSeconds(20), 16));

    private Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private String value(String path, Object body) {
        return language.createExpression(path).evaluate(exchange(body), String.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MSH-9-2        | O01",
                "MSH-3          | RIS",
                "PID-5          | Müller",
                "PID-5.2        | Anna & Eva",
                "PID-3-4-2      | 1.2.3",
                "PID-3(1)-1     | 0815",
                "/.PV1-3-4      | CARDIO",
                "OBR-24         | CT",
                "OBX(1)-5       | second",
                "OBX(1)-5(1)    | third",
                "OBX(2)-5       |",
                "ORC-3          |",
                "ZDS-1          |"
            })
    void a_field_is_read_of_bytes_as_they_came_and_of_the_text_of_a_notice(String path, String expected) {
        assertThat(value(path, ORDER.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(expected);
        assertThat(value(path, ORDER)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no HL7", "{\"id\": 1}", "MSH", "MSH|^~\\&", "BHS|^~\\&|A\rMSH|^~\\&|B\r", "MSH|||||"})
    void what_is_no_message_has_no_fields_and_fails_nothing(String body) {
        assertThat(value("PID-5", body)).isNull();
        assertThat(value("PID-5", body.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void nor_has_a_body_of_another_kind_or_beyond_the_limit() {
        assertThat(value("PID-5", 4711)).isNull();
        assertThat(value("PID-5", null)).isNull();
        assertThat(value("MSH-3", ORDER + "NTE|||" + "x".repeat(5000) + "\r")).isNull();
    }

    @Test
    void as_a_condition_it_asks_whether_the_field_holds_something() {
        assertThat(language.createPredicate("OBR-24").matches(exchange(ORDER))).isTrue();
        assertThat(language.createPredicate("OBR-25").matches(exchange(ORDER))).isFalse();
    }

    @Test
    void what_is_no_path_is_refused() {
        assertThatThrownBy(() -> language.createExpression("OBR")).isInstanceOf(ExpressionIllegalSyntaxException.class);
    }
}
