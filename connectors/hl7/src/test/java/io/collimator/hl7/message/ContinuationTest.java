package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HL7 v2.5.1 §2.10.2: ADD, DSC and MSH-14. */
class ContinuationTest {

    private static final String HEADER = "MSH|^~\\&|A|B|||1||ORM^O01|1|P|2.5.1\r";

    private static Hl7Message parse(String text) {
        return Hl7Message.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String field(String segments, String name, int field) {
        return parse(HEADER + segments.replace('/', '\r'))
                .first(name)
                .orElseThrow()
                .whole(field, 1)
                .orEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NTE|1||allergic to /ADD|iodine, NTE, 3, allergic to iodine",
        "NTE|1||allergic/ADD| to/ADD| iod/ADD|ine, NTE, 3, allergic to iodine",
        "OBX|1|TX|A||one /ADD|two, OBX, 5, one two",
        "OBX|1|TX|A||one /ADD|two||||||F, OBX, 11, F",
        "PID|1||7^^^H^MR||DOE/ADD|^JANE||19700101, PID, 8, ''",
        "PID|1||7^^^H^MR||DOE/ADD|^JANE||19700101, PID, 7, 19700101",
        "PID|1||7^^^H^MR||DOE/ADD|^JANE||19700101, PID, 5, DOE^JANE",
        "NTE|1||salt \\/ADD|T\\ pepper, NTE, 3, salt & pepper",
        "NTE|1||salt \\T/ADD|\\ pepper, NTE, 3, salt & pepper",
        "NTE|1/ADD|||no comment, NTE, 3, comment",
    })
    void what_add_brings_goes_on_where_the_segment_before_it_ended(
            String segments, String name, int field, String expected) {
        assertThat(field(segments, name, field)).isEqualTo(expected.equals("comment") ? "no comment" : expected);
    }

    @Test
    void a_repetition_goes_on_too() {
        Hl7Segment pid = parse(HEADER + "PID|1||7^^^H^MR~88\rADD|99^^^STATE^SS\r")
                .first("PID")
                .orElseThrow();

        assertThat(pid.repetitions(3)).isEqualTo(2);
        assertThat(pid.component(3, 2, 1).orEmpty()).isEqualTo("8899");
        assertThat(pid.component(3, 2, 4).orEmpty()).isEqualTo("STATE");
    }

    @Test
    void what_was_received_stays_as_it_was() {
        String sent = HEADER + "NTE|1||one \rADD|two\r";
        Hl7Message message = parse(sent);

        assertThat(message.text()).isEqualTo(sent);
        assertThat(message.contentDigest())
                .isEqualTo(parse(sent.replace("\r", "\r\n")).contentDigest())
                .isNotEqualTo(parse(sent.replace("two", "three")).contentDigest());
        assertThat(message.segments()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ADD|x, ADD, MSH",
        "'', NTE|1||x/ADD, ADD, empty",
        "'', NTE|1||x/ADD|, ADD, empty",
        "'', NTE|1||x/DSC|77, DSC, another one",
        "'', NTE|1||x/DSC|77|F, DSC, another one",
        "'', NTE|1||x/ADD|/DSC|77|F, ADD, empty",
        "'', NTE|1||x/DSC/ADD|y, ADD, DSC",
        "||77, NTE|1||x, MSH, another one",
        "||77, ADD|x, MSH, another one"
    })
    void a_part_of_a_message_is_refused_whole(String header, String segments, String place, String why) {
        String text = HEADER.replace("\r", header + "\r") + segments.replace('/', '\r') + "\r";

        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(Hl7RejectedException.class, refused -> {
            assertThat(refused.refusal().location().segment()).isEqualTo(place);
            assertThat(refused.refusal().text()).contains(why, "send the message whole, in one frame");
        });
    }

    @ParameterizedTest
    @CsvSource({"NTE|1||x/DSC", "NTE|1||x/DSC|", "NTE|1||x/DSC|\"\""})
    void a_dsc_that_says_nothing_is_no_part(String segments) {
        assertThat(field(segments, "NTE", 3)).isEqualTo("x");
    }
}
