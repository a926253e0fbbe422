package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No answer, one, two, or one batch of them, read from the socket. */
@Timeout(60)
class AnswerFormsIT {

    private static final String INTAKE = "- bean: {ref: orders, method: accept}\n";

    private static String order(String controlId, String modes) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102030405||ORM^O01|" + controlId + "|P|2.5.1|||" + modes
                + "\rORC|NW|1|2\r";
    }

    @ParameterizedTest
    @CsvSource({
        "OK1, AL|AL, CA AA",
        "OK1, AL|NE, CA",
        "OK1, NE|AL, AA",
        "OK1, NE|NE, ''",
        "OK1, ER|ER, ''",
        "CONTENT1, AL|AL, CA AE",
        "CONTENT1, AL|NE, CE",
        "CONTENT1, NE|NE, ''",
        "CONTENT1, NE|ER, AE",
        "REJECT1, AL|AL, CR",
        "REJECT1, NE|AL, AR",
        "BOOM1, AL|AL, CR",
        "LATE1, AL|AL, CR",
        "NOTHING1, AL|AL, CR",
        "NOTHING1, AL|NE, CR"
    })
    void the_answers_are_those_that_were_asked_for_and_the_next_message_gets_its_own(
            String controlId, String modes, String codes) throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.send(order(controlId, modes));
            sender.send(order("OK2", "|"));

            for (String code : codes.isEmpty() ? List.<String>of() : List.of(codes.split(" "))) {
                assertThat(sender.receive()).contains("\rMSA|" + code + "|" + controlId);
            }
            assertThat(sender.receive()).contains("\rMSA|AA|OK2");
        }
    }

    @Test
    void an_order_response_comes_from_the_intake() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            assertThat(sender.ask(order("RESP1", "|")))
                    .contains("|ORR^O02^ORR_O02|", "\rMSA|AA|RESP1\r", "\rORC|OK|1^RIS|2\r");
        }
    }

    @Test
    void a_batch_is_answered_by_one_batch_in_order() throws Exception {
        String batch =
                "FHS|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||||F7\rBHS|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||||B7\r"
                        + order("OK1", "|") + order("CONTENT2", "|") + order("OK3", "|") + "BTS|3\rFTS|1\r";
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            String answer = sender.ask(batch);

            assertThat(answer)
                    .startsWith("FHS|^~\\&|COLLIMATOR|RAD|RIS|HOSP|20260102030405+0000||||A1|F7\r"
                            + "BHS|^~\\&|COLLIMATOR|RAD|RIS|HOSP|20260102030405+0000||||A1|B7\rMSH|")
                    .endsWith("\rBTS|3\rFTS|1\r")
                    .containsSubsequence("MSA|AA|OK1\r", "MSA|AE|CONTENT2|", "ERR||OBR^1^18|101^", "MSA|AA|OK3\r");
            assertThat(sender.ask(order("OK9", "|"))).contains("MSA|AA|OK9");
        }
    }

    @Test
    void a_message_of_a_batch_for_which_nothing_is_said_is_not_accepted() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            assertThat(sender.ask(
                            "BHS|^~\\&\r" + order("OK1", "|") + order("MISSING2", "|") + order("OK3", "|") + "BTS|3\r"))
                    .startsWith("BHS|^~\\&|")
                    .containsSubsequence("MSA|AA|OK1\r", "MSA|AR|MISSING2|", "|207^", "MSA|AR|OK3|", "BTS|3\r")
                    .doesNotContain("FTS");
            assertThat(sender.ask("BHS|^~\\&\r" + order("MISSING1", "|") + "BTS|1\r"))
                    .as("a single receipt does not speak for a batch")
                    .contains("MSA|AR|MISSING1|");
            assertThat(sender.ask("BHS|^~\\&\rBTS|0\r")).isEqualTo("BHS|^~\\&|||||20260102030405+0000||||A1\rBTS|0\r");
        }
    }

    @Test
    void a_batch_whose_messages_want_no_answer_gets_none() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.send("BHS|^~\\&\r" + order("OK1", "NE|NE") + "BTS|1\r");

            assertThat(sender.ask(order("OK2", "|"))).contains("MSA|AA|OK2");
        }
    }
}
