package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7BatchTest {

    private static final String ONE = "MSH|^~\\&|A|B|||1||ORM^O01|1|P|2.5.1\rPID|||1\r";
    private static final String TWO = "MSH|^~\\&|A|B|||1||ORM^O01|2|P|2.5.1\rPID|||2\r";
    private static final String ALPHABET = "|^~\\&\r\n\u000B\0 MSHFBT123\u00e9";

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void the_messages_of_a_batch_keep_their_bytes_and_order(String end) {
        String text = "FHS|^~\\&|A\rBHS|^~\\&|A\r" + ONE + TWO + "BTS|2\rFTS|1\r";

        Hl7Batch batch = read(text.replace("\r", end)).orElseThrow();

        assertThat(texts(batch)).containsExactly(ONE.replace("\r", end), TWO.replace("\r", end));
        assertThat(batch.file()).isPresent();
        assertThat(batch.parts()).hasSize(1);
        assertThat(batch.warnings()).isEmpty();
    }

    @Test
    void a_file_may_hold_several_batches_and_a_frame_one_without_file() {
        Hl7Batch file = read("FHS|^~\\&\rBHS|^~\\&|X\r" + ONE + "BTS|1\rBHS|^~\\&|Y\r" + TWO + "BTS|1\rFTS|2\r")
                .orElseThrow();
        Hl7Batch alone = read("\uFEFF\rBHS|^~\\&\r" + ONE + "BTS").orElseThrow();

        assertThat(file.parts())
                .extracting(part -> part.header().orElseThrow().field(3))
                .containsExactly("X", "Y");
        assertThat(file.warnings()).isEmpty();
        assertThat(alone.file()).isEmpty();
        assertThat(texts(alone)).containsExactly(ONE);
    }

    @Test
    void a_wrong_count_and_a_missing_end_are_warnings() {
        assertThat(read("FHS|^~\\&\rBHS|^~\\&\r" + ONE + "BTS|002\rFTS|7\r")
                        .orElseThrow()
                        .warnings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("BTS-1 is 2, but 1 messages"),
                        second -> assertThat(second).contains("FTS-1 is 7, but 1 batches"));
        assertThat(read("FHS|^~\\&\rBHS|^~\\&\r" + ONE).orElseThrow().warnings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("BTS"),
                        second -> assertThat(second).contains("FTS"));
    }

    @Test
    void what_belongs_to_no_message_is_a_message_that_cannot_be_read() {
        Hl7Batch batch = read("BHS|^~\\&\rPID|||9\r" + ONE + "BTS|1\rNTE|1\r").orElseThrow();

        assertThat(texts(batch)).containsExactly("PID|||9\r", ONE, "NTE|1\r");
        assertThatThrownBy(() -> Hl7Message.parse(batch.messages().get(0))).isInstanceOf(Hl7RejectedException.class);
    }

    @Test
    void an_empty_batch_holds_none_and_a_message_is_no_batch() {
        assertThat(read("BHS|^~\\&\rBTS|0\r").orElseThrow().messages()).isEmpty();
        assertThat(read(ONE)).isEmpty();
        assertThat(read("BHSX|")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void several_messages_in_a_row_are_a_batch_without_envelope() {
        Hl7Batch batch = read(ONE + TWO + ONE).orElseThrow();

        assertThat(texts(batch)).containsExactly(ONE, TWO, ONE);
        assertThat(batch.warnings()).isEmpty();
        assertThat(batch.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.header()).isEmpty());
    }

    @Test
    void a_line_of_a_text_that_begins_with_msh_is_no_message() {
        assertThat(read(ONE + "OBX|1|TX|||the first line\nMSH-10 was empty\r")).isEmpty();
    }

    @Test
    void too_many_messages_are_refused() {
        byte[] content = ("BHS|^~\\&\r" + ONE + TWO).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Hl7Batch.read(content, 1))
                .isInstanceOf(Hl7RejectedException.class)
                .hasMessageContaining("more than 1 messages");
    }

    @Test
    void no_byte_is_lost_or_doubled_whatever_comes() {
        Random random = new Random(20261122);
        String start = "FHS|^~\\&\rBHS|^~\\&\r" + ONE + TWO + "BTS|2\rFTS|1\r";
        for (int run = 0; run < 3_000; run++) {
            StringBuilder text = new StringBuilder(start);
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = 5 + random.nextInt(text.length() - 5);
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                    case 1 -> text.insert(at, start, 0, random.nextInt(start.length()));
                    default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(30)));
                }
            }
            Hl7Batch batch = read(text.toString()).orElseThrow();

            String messages = String.join("", texts(batch));
            assertThat(messages.length()).isLessThanOrEqualTo(text.length());
            assertThat(count(messages, "PID|||")).isEqualTo(outsideEnvelopes(text.toString()));
        }
    }

    /** Lines that begin with PID, which stand in no envelope. */
    private static int outsideEnvelopes(String text) {
        int found = 0;
        for (String line : text.split("[\r\n]", -1)) {
            boolean envelope = line.matches("(FHS|BHS|BTS|FTS)([\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E].*)?");
            found += envelope ? 0 : count(line, "PID|||");
        }
        return found;
    }

    private static int count(String text, String what) {
        return (text.length() - text.replace(what, "").length()) / what.length();
    }

    private static Optional<Hl7Batch> read(String text) {
        return Hl7Batch.read(text.getBytes(StandardCharsets.UTF_8), Hl7Batch.MAX_MESSAGES);
    }

    private static List<String> texts(Hl7Batch batch) {
        return batch.messages().stream()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .toList();
    }
}
