package io.collimator.hl7.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.AckOutcome.Rejected;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.hl7.outcome.OrderResponse.EntityIdentifier;
import io.collimator.hl7.outcome.OrderResponse.Order;
import io.collimator.hl7.outcome.OrderResponse.Procedure;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckModeTest {

    private static final ContentError WRONG =
            new ContentError(ErrorCode.REQUIRED_FIELD_MISSING, ErrorLocation.ofField("OBR", 18), "OBR-18 is empty.");
    private static final Rejected AWAY =
            new Rejected(ErrorCode.APPLICATION_INTERNAL_ERROR, ErrorLocation.NONE, "Send it again later.");
    private static final OrderResponse RESPONSE = new OrderResponse(List.of(
            new Order(
                    "OK",
                    EntityIdentifier.of("P|1", "RIS"),
                    new EntityIdentifier("F1", "", "1.2", "ISO"),
                    List.of(new Procedure("ACC1", "RP1", "1.2.3", "S1"), new Procedure("ACC2", "RP2", "", "S2"))),
            new Order("UC", EntityIdentifier.of("P2", ""), EntityIdentifier.NONE, List.of())));

    private final Iterator<Integer> numbers = Stream.iterate(1, n -> n + 1).iterator();
    private final AckFactory factory = new AckFactory(
            Clock.fixed(Instant.parse("2026-11-22T08:15:00Z"), ZoneOffset.UTC), () -> "N" + numbers.next());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // MSH-15 | MSH-16 | accepted | content error | rejected
                "''|''|AA|AE|AR",
                "\"\"|''|AA|AE|AR",
                "AL|''|CA|CE|CR",
                "AL|NE|CA|CE|CR",
                "AL|AL|CA AA|CA AE|CR",
                "al|al|CA AA|CA AE|CR",
                "AL|ER|CA|CA AE|CR",
                "AL|SU|CA AA|CE|CR",
                "ER|AL|AA|AE|CR",
                "ER|NE|''|CE|CR",
                "ER|ER|''|AE|CR",
                "SU|AL|CA AA|CA AE|AR",
                "SU|NE|CA|''|''",
                "NE|AL|AA|AE|AR",
                "NE|ER|''|AE|AR",
                "NE|SU|AA|''|''",
                "NE|NE|''|''|''",
                "''|AL|AA|AE|AR",
                "''|NE|''|''|''",
                "XX|''|CA|CE|CR",
            })
    void the_sender_decides_which_acknowledgements_it_gets(
            String accept, String application, String accepted, String error, String rejected) {
        AckMode mode = AckMode.of(headers(request("ORM^O01", "2.5.1", accept, application)));

        assertThat(mode.codes(new Accepted())).isEqualTo(list(accepted));
        assertThat(mode.codes(WRONG)).isEqualTo(list(error));
        assertThat(mode.codes(AWAY)).isEqualTo(list(rejected));
    }

    @Test
    void the_second_answer_is_a_message_of_its_own_that_wants_no_answer() {
        List<String> answers = answers(request("ORM^O01", "2.5.1", "AL", "AL"), WRONG);

        assertThat(answers)
                .containsExactly(
                        "MSH|^~\\&|C|D|A|B|20261122081500+0000||ACK^O01^ACK|N1|P|2.5.1\rMSA|CA|M1\r",
                        "MSH|^~\\&|C|D|A|B|20261122081500+0000||ACK^O01^ACK|N2|P|2.5.1|||NE|NE\r"
                                + "MSA|AE|M1|OBR-18 is empty.\r"
                                + "ERR||OBR^1^18|101^Required field missing^HL70357|E|||OBR-18 is empty.|OBR-18 is empty.\r");
    }

    @ParameterizedTest
    @CsvSource({
        "2.3, ERR|OBR^1^18^101&", "2.3.1, ERR|OBR^1^18^101&", "2.4, ERR|OBR^1^18^101&",
        "2.5, ERR||OBR^1^18|101^", "2.5.1, ERR||OBR^1^18|101^", "2.6, ERR||OBR^1^18|101^",
        "2.7, ERR||OBR^1^18|101^", "2.7.1, ERR||OBR^1^18|101^", "2.8, ERR||OBR^1^18|101^",
        "2.8.1, ERR||OBR^1^18|101^", "2.8.2, ERR||OBR^1^18|101^"
    })
    void the_error_is_in_the_layout_of_the_version_and_the_version_is_repeated(String version, String error) {
        String answer = answers(request("ORM^O01", version, "", ""), WRONG).get(0);

        assertThat(answer).contains("|P|" + version + "\r", "MSA|AE|M1|OBR-18 is empty.\r", error);
    }

    @Test
    void an_order_message_is_answered_by_its_order_response() {
        assertThat(answers(request("ORM^O01", "2.3.1", "", ""), new Accepted(RESPONSE)))
                .singleElement()
                .asString()
                .contains("||ORR^O02|")
                .endsWith("MSA|AA|M1\r"
                        + "ORC|OK|P\\F\\1^RIS|F1^^1.2^ISO\r"
                        + "OBR|1|P\\F\\1^RIS|F1^^1.2^ISO|||||||||||||||ACC1|RP1|S1\r"
                        + "ZDS|1.2.3^C^Application^DICOM\r"
                        + "ORC|OK|P\\F\\1^RIS|F1^^1.2^ISO\r"
                        + "OBR|1|P\\F\\1^RIS|F1^^1.2^ISO|||||||||||||||ACC2|RP2|S2\r"
                        + "ORC|UC|P2\r");
        assertThat(answers(request("OMG^O19", "2.5.1", "", ""), WRONG.with(RESPONSE))
                        .get(0))
                .contains("||ORG^O20^ORG_O20|", "MSA|AE|M1|", "\rERR||", "\rORC|OK|");
        assertThat(answers(request("OMI^O23", "2.5.1", "", ""), new Accepted(RESPONSE))
                        .get(0))
                .contains("||ORI^O24^ORI_O24|")
                .endsWith("ORC|OK|P\\F\\1^RIS|F1^^1.2^ISO\r"
                        + "OBR|1|P\\F\\1^RIS|F1^^1.2^ISO\r"
                        + "IPC|ACC1|RP1|1.2.3|S1\r"
                        + "IPC|ACC2|RP2||S2\r"
                        + "ORC|UC|P2\r");
    }

    @Test
    void the_receipt_alone_and_other_messages_carry_no_order_response() {
        assertThat(answers(request("ORM^O01", "2.5.1", "AL", "AL"), new Accepted(RESPONSE)))
                .satisfiesExactly(
                        receipt -> assertThat(receipt).contains("ACK^O01^ACK").doesNotContain("ORC|"),
                        answer -> assertThat(answer).contains("ORR^O02^ORR_O02", "ORC|OK"));
        assertThat(answers(request("ADT^A08", "2.5.1", "", ""), new Accepted(RESPONSE))
                        .get(0))
                .contains("ACK^A08^ACK")
                .doesNotContain("ORC|");
    }

    @ParameterizedTest
    @CsvSource({
        "AS_ASKED, R, false, true", "AS_ASKED, D, true, true", "AS_ASKED, f, false, true",
        "AS_ASKED, E, false, false", "AS_ASKED, E, true, true", "AS_ASKED, N, true, false",
        "AS_ASKED, '', true, false", "ALWAYS, N, false, true", "NEVER, R, true, false"
    })
    void an_order_response_is_written_as_asked_or_as_the_sender_is_known(
            OrderResponsePolicy policy, String flag, boolean refused, boolean wanted) {
        Hl7Message request = Hl7Message.parse(
                (request("ORM^O01", "2.5.1", "", "") + "\rORC|NW|A|||SC|" + flag).getBytes(StandardCharsets.US_ASCII));
        Hl7Message withoutOrder =
                Hl7Message.parse(request("ADT^A08", "2.5.1", "", "").getBytes(StandardCharsets.US_ASCII));

        assertThat(policy.wants(request, refused)).isEqualTo(wanted);
        assertThat(policy.wants(withoutOrder, refused)).isFalse();
    }

    @Test
    void a_sender_may_be_served_less_and_with_other_processing_ids() {
        AcceptanceSettings settings =
                AcceptanceSettings.everything(Set.of("P")).narrowedTo(Set.of("2.4", "9.9"), Set.of("T"));
        Hl7Acceptance acceptance = new Hl7Acceptance(settings);

        assertThat(acceptance.check(headers("MSH|^~\\&|A|B|C|D|1||ORM^O01|M1|T|2.4")))
                .isEmpty();
        assertThat(acceptance.check(headers("MSH|^~\\&|A|B|C|D|1||ORM^O01|M1|P|2.4")))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED_PROCESSING_ID));
        assertThat(acceptance.check(headers("MSH|^~\\&|A|B|C|D|1||ORM^O01|M1|T|2.5")))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION_ID));
        assertThat(acceptance.check(headers("MSH|^~\\&|A|B|C|D|1||OMI^O23|M1|T|9.9")))
                .isPresent();
    }

    private List<String> answers(String request, AckOutcome outcome) {
        return factory.answers(headers(request), outcome).stream()
                .map(answer -> new String(answer, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String request(String kind, String version, String accept, String application) {
        return "MSH|^~\\&|A|B|C|D|1||" + kind + "|M1|P|" + version + "|||" + accept + "|" + application;
    }

    private static Hl7Headers headers(String request) {
        return Hl7Headers.read(request.getBytes(StandardCharsets.US_ASCII), StandardCharsets.ISO_8859_1)
                .orElseThrow();
    }

    private static List<String> list(String codes) {
        return codes.isEmpty() ? List.of() : List.of(codes.split(" "));
    }
}
