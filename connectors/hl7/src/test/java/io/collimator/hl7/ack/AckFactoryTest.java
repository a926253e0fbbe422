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
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AckFactoryTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:15:00Z"), ZoneId.of("Europe/Oslo"));
    private static final String OLD = "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C-1|P|2.3.1||||||8859/1";
    private static final String NEW =
            "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||OMI^O23^OMI_O23|C-1|P|2.5.1||||||UNICODE UTF-8";
    private static final ContentError MISSING = new ContentError(
            ErrorCode.REQUIRED_FIELD_MISSING,
            new ErrorLocation("PID", 1, 3, 1),
            "PID-3 is empty; PatientID is needed.");

    private final AckFactory factory = new AckFactory(CLOCK, () -> "42");

    @Test
    void an_accepted_message_is_answered_aa_with_sender_and_receiver_swapped() {
        assertThat(answer(OLD, new Accepted()))
                .isEqualTo("MSH|^~\\&|COLLIMATOR|RAD|RIS|SITE|20261122091500+0100||ACK^O01|42|P|2.3.1||||||8859/1\r"
                        + "MSA|AA|C-1\r");
        assertThat(answer(NEW, new Accepted()))
                .isEqualTo(
                        "MSH|^~\\&|COLLIMATOR|RAD|RIS|SITE|20261122091500+0100||ACK^O23^ACK|42|P|2.5.1||||||UNICODE UTF-8\r"
                                + "MSA|AA|C-1\r");
    }

    @Test
    void a_content_error_is_answered_ae_with_err_in_the_layout_of_the_version() {
        assertThat(answer(OLD, MISSING))
                .endsWith("MSA|AE|C-1|PID-3 is empty; PatientID is needed.\r"
                        + "ERR|PID^1^3^101&Required field missing&HL70357\r");
        assertThat(answer(NEW, MISSING))
                .endsWith(
                        "MSA|AE|C-1|PID-3 is empty; PatientID is needed.\r"
                                + "ERR||PID^1^3^1^1|101^Required field missing^HL70357|E|||PID-3 is empty; PatientID is needed.|PID-3 is empty; PatientID is needed.\r");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void every_refusal_carries_its_code_in_err(ErrorCode code) {
        AckOutcome rejected = new Rejected(code, ErrorLocation.NONE, "because");

        assertThat(answer(OLD, rejected))
                .contains("MSA|AR|C-1|because\r", "ERR|^^^" + code.code() + "&" + code.text() + "&HL70357\r");
        assertThat(answer(NEW, rejected)).contains("MSA|AR|C-1|because\r", "|" + code.code() + "^" + code.text());
    }

    @Test
    void what_is_no_hl7_is_answered_ar_without_a_message_it_would_answer() {
        String answer = new String(factory.answerToUnreadable(AckPolicy.unreadable()), StandardCharsets.US_ASCII);

        assertThat(answer).startsWith("MSH|^~\\&|||||20261122091500+0100||ACK|42|P|2.5.1\r");
        assertThat(answer).contains("\rMSA|AR||No message header");
        assertThat(answer).contains("\rERR||MSH^1|100^Segment sequence error^HL70357|E|||");
    }

    @Test
    void delimiters_and_control_id_go_back_as_they_came() {
        String answer = answer(
                "MSH$%~!&$A$B$C$D$1$$ORM%O01$ID!T!7$P$2.4",
                new ContentError(ErrorCode.DATA_TYPE_ERROR, ErrorLocation.ofField("OBR", 18), "100% | $5"));

        assertThat(answer)
                .isEqualTo("MSH$%~!&$C$D$A$B$20261122091500+0100$$ACK%O01$42$P$2.4\r"
                        + "MSA$AE$ID!T!7$100!S! | !F!5\r"
                        + "ERR$OBR%1%18%102&Data type error&HL70357\r");
    }

    @Test
    void the_answer_is_in_the_character_set_of_the_request() {
        byte[] request = OLD.replace("SITE", "SJØ").getBytes(StandardCharsets.ISO_8859_1);

        byte[] answer = factory.answers(headers(request), new Accepted()).get(0);

        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("|RIS|SJØ|");
    }

    @Test
    void a_text_is_one_line_of_at_most_80_characters_and_no_escape_is_cut() {
        String text = "a\r\nb" + "|".repeat(100);

        String answer = answer(NEW, new ContentError(ErrorCode.DATA_TYPE_ERROR, ErrorLocation.NONE, text));

        String msa3 = answer.lines().skip(1).findFirst().orElseThrow().substring("MSA|AE|C-1|".length());
        assertThat(msa3).startsWith("a b\\F\\").hasSizeLessThanOrEqualTo(80).matches("a b(\\\\F\\\\)+\\.\\.\\.");
        assertThat(Hl7Message.parse(answer.getBytes(StandardCharsets.UTF_8)).segments())
                .hasSize(3);
    }

    @Test
    void a_text_that_is_cut_ends_in_three_dots_in_every_character_set() {
        String text =
                "OBR-18 AccessionNumber has 22 characters; DICOM SH allows 16 and a key is never cut. Send a shorter one.";

        String answer = answer(
                NEW.replace("UNICODE UTF-8", "ASCII"),
                new ContentError(ErrorCode.DATA_TYPE_ERROR, ErrorLocation.NONE, text));

        assertThat(answer.lines().skip(1).findFirst().orElseThrow())
                .endsWith("|OBR-18 AccessionNumber has 22 characters; DICOM SH allows 16 and a key is nev...")
                .hasSize("MSA|AE|C-1|".length() + 80);
        assertThat(answer).endsWith("Send a shorter one.\r");
    }

    @ParameterizedTest
    @CsvSource({
        "MSH|^~\\&|A|B|||1||ORM|1|P|2.3, ''",
        "MSH|^~\\&|A|B|||1||ORM^O01|1|P|2.3, ''",
        "MSH|^~\\&|A|B|||1||ORM^O01^ORM_O01|1|P|2.5.1, ''",
        "MSH|^~\\&|A|B|||1||OMI^O23|1|P|2.5, ''",
        "MSH|^~\\&|A|B|||1||OMI^O23|1|P^T|2.5.1^DEU, ''",
        "MSH|^~\\&|A|B|||1||ORM^O02|1|P|2.3, AR 201 MSH-9.2",
        "MSH|^~\\&|A|B|||1||OMG|1|P|2.8.2, ''",
        "MSH|^~\\&|A|B|||1||ORU|1|P|2.3, ''",
        "MSH|^~\\&|A|B|||1||ADT^A08|1|P|2.3, ''",
        "MSH|^~\\&|A|B|||1||SIU^S26|1|P|2.8.1, ''",
        "MSH|^~\\&|A|B|||1||OMG^O19|1|P|2.3.1, AR 203 MSH-12.1",
        "MSH|^~\\&|A|B|||1||ADT^A18|1|P|2.3, ''",
        "MSH|^~\\&|A|B|||1||ADT^A60|1|P|2.3, AR 201 MSH-9.2",
        "MSH|^~\\&|A|B|||1||MDM^T02|1|P|2.3, AR 200 MSH-9.1",
        "MSH|^~\\&|A|B|||1|||1|P|2.3, AR 200 MSH-9.1",
        "MSH|^~\\&|A|B|||1||ORM^O01|1|P|2.2, AR 203 MSH-12.1",
        "MSH|^~\\&|A|B|||1||ORM^O01|1|P|, AR 203 MSH-12.1",
        "MSH|^~\\&|A|B|||1||OMI^O23|1|P|2.3.1, AR 203 MSH-12.1",
        "MSH|^~\\&|A|B|||1||ORM^O01|1|T|2.3, AR 202 MSH-11.1",
        "MSH|^~\\&|A|B|||1||ORM^O01||P|2.3, AE 101 MSH-10",
    })
    void the_header_alone_says_whether_a_message_is_served(String header, String expected) {
        Hl7Acceptance acceptance = new Hl7Acceptance(AcceptanceSettings.everything(Set.of("P")));

        String verdict = acceptance
                .check(headers(header.getBytes(StandardCharsets.US_ASCII)))
                .map(refusal -> AckPolicy.codeOf(refusal) + " " + refusal.code().code() + " " + refusal.location())
                .orElse("");

        assertThat(verdict).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'\"\"', ''", "T, 'MSH-11 is \"T\"; served: (empty), P.'"})
    void the_empty_processing_id_may_be_served(String sent, String expected) {
        Hl7Acceptance acceptance = new Hl7Acceptance(AcceptanceSettings.everything(Set.of("P", "")));
        byte[] header = ("MSH|^~\\&|A|B|||1||ORM^O01|1|" + sent + "|2.3").getBytes(StandardCharsets.US_ASCII);

        assertThat(acceptance
                        .check(headers(header))
                        .map(AckOutcome.Refusal::text)
                        .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void an_exception_means_its_own_refusal_else_ar_207_without_its_text() {
        Throwable wrapped = new IllegalStateException(new IOException(new Hl7RejectedException(MISSING)));

        assertThat(AckPolicy.refusalFor(wrapped)).isEqualTo(MISSING);
        assertThat(AckPolicy.refusalFor(new IllegalStateException("jdbc:secret")))
                .isInstanceOf(Rejected.class)
                .extracting(AckOutcome.Refusal::code, AckOutcome.Refusal::text)
                .satisfies(values ->
                        assertThat(values.toString()).contains("INTERNAL").doesNotContain("secret"));
    }

    @Test
    void the_head_of_an_oversized_frame_is_enough_for_its_answer() {
        byte[] head = (NEW + "\rPID|||1|" + "x".repeat(100)).getBytes(StandardCharsets.UTF_8);

        String answer = new String(
                factory.answers(headers(head), AckPolicy.oversized(1000)).get(0), StandardCharsets.UTF_8);

        assertThat(answer)
                .contains(
                        "MSA|AE|C-1|The frame is over 1000 bytes",
                        "|102^Data type error",
                        "over 1000 bytes; send less");
    }

    private String answer(String request, AckOutcome outcome) {
        return new String(
                factory.answers(headers(request.getBytes(StandardCharsets.UTF_8)), outcome)
                        .get(0),
                StandardCharsets.UTF_8);
    }

    private static Hl7Headers headers(byte[] content) {
        return Hl7Headers.read(content, StandardCharsets.ISO_8859_1).orElseThrow();
    }
}
