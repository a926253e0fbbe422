package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.hl7.message.ReadingSettings.Undecodable;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterSetsTest {

    private static final String MSH = "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C1|P|2.5.1||||||";
    private static final ReadingSettings STRICT =
            new ReadingSettings(StandardCharsets.ISO_8859_1, Undecodable.REFUSE, Hl7Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "ASCII, US-ASCII",
        "8859/1, ISO-8859-1",
        "8859/2, ISO-8859-2",
        "8859/3, ISO-8859-3",
        "8859/4, ISO-8859-4",
        "8859/5, ISO-8859-5",
        "8859/6, ISO-8859-6",
        "8859/7, ISO-8859-7",
        "8859/8, ISO-8859-8",
        "8859/9, ISO-8859-9",
        "8859/15, ISO-8859-15",
        "ISO IR14, Shift_JIS",
        "ISO IR87, ISO-2022-JP",
        "ISO IR159, ISO-2022-JP-2",
        "GB 18030-2000, GB18030",
        "KS X 1001, EUC-KR",
        "CNS 11643-1992, TIS-620",
        "BIG-5, Big5",
        "UNICODE, UTF-8",
        "UNICODE UTF-8, UTF-8",
        "ISO8859-1, ISO-8859-1",
        "8859-1, ISO-8859-1",
        "ISO-8859-1, ISO-8859-1",
        "iso_8859-15, ISO-8859-15",
        "ISO 8859/2, ISO-8859-2",
        "UTF-8, UTF-8",
        "utf8, UTF-8",
        "UNICODE  UTF-8, UTF-8",
        "WINDOWS-1252, windows-1252",
        "CP1252, windows-1252",
        "WINDOWS 1250, windows-1250",
        "cp-1254, windows-1254",
        "windows-1251, windows-1251"
    })
    void terms_and_their_misspellings_are_known(String term, String charset) {
        assertThat(CharacterSets.of(term)).contains(Charset.forName(charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KLINGON", "UNICODE UTF-16", "UTF-16LE", "UTF-32", "IBM1047", "x-JISAutoDetect", "a b?"})
    void what_is_no_set_for_mllp_is_not_known(String term) {
        assertThat(CharacterSets.of(term)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ISO IR87", "ISO IR159", "ASCII~ISO IR87", "~ISO IR87~ISO IR159", "ISO IR14~ISO IR87"})
    void japanese_is_read_by_its_escape_sequences(String declared) {
        byte[] content = bytes(
                MSH + declared + "||ISO 2022-1994\rPID|||1||Yamada^Tarou~",
                "\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B",
                "|x\r");

        Hl7Message message = Hl7Message.parse(content);

        Hl7Segment pid = message.first("PID").orElseThrow();
        assertThat(pid.value(5, 2, 1, 1).orEmpty()).isEqualTo("山田");
        assertThat(pid.value(5, 2, 2, 1).orEmpty()).isEqualTo("太郎");
        assertThat(pid.value(6).orEmpty()).isEqualTo("x");
        assertThat(message.warnings()).isEmpty();
    }

    @Test
    void half_width_katakana_and_its_delimiters_are_read() {
        byte[] content =
                bytes(MSH + "ISO IR14\rPID|||1||", "\u00d4\u00cf\u00c0\u00de^\u00c0\u00db\u00b3", "|a\\T\\b~c\r");

        Hl7Segment pid = Hl7Message.parse(content).first("PID").orElseThrow();

        assertThat(pid.value(5, 1).orEmpty()).isEqualTo("ﾔﾏﾀﾞ");
        assertThat(pid.value(6).orEmpty()).isEqualTo("a&b");
        assertThat(pid.value(6, 2, 1, 1).orEmpty()).isEqualTo("c");
    }

    @Test
    void a_switch_may_be_written_as_hl7_escape_and_ends_with_its_segment() {
        byte[] content = bytes(
                MSH + "ASCII~ISO IR87\rPID|||1||", "\\M2442\\;3ED\\C2842\\^A", "\rNTE|1||\u001b$B;3ED\rNTE|2||plain\r");

        Hl7Message message = Hl7Message.parse(content);

        assertThat(message.first("PID").orElseThrow().value(5, 1).orEmpty()).isEqualTo("山田");
        assertThat(message.first("PID").orElseThrow().value(5, 2).orEmpty()).isEqualTo("A");
        assertThat(message.segments().get(3).value(3).orEmpty()).isEqualTo("plain");
    }

    @Test
    void a_second_set_may_be_korean_or_latin() {
        byte[] content = bytes(
                MSH + "ASCII~KS X 1001~8859/5\rPID|||1||",
                "\u001b$)C\u00b1\u00e8\u00c8\u00f1\u00c1\u00df^\u001b-L\u00bb\u00ee",
                "\r");

        Hl7Segment pid = Hl7Message.parse(content).first("PID").orElseThrow();

        assertThat(pid.value(5, 1).orEmpty()).isEqualTo("김희중");
        assertThat(pid.value(5, 2).orEmpty()).isEqualTo("Лю");
    }

    @Test
    void without_msh_18_the_senders_own_default_counts() {
        byte[] content = (MSH + "\rPID|||1||Łódź\r").getBytes(Charset.forName("ISO-8859-2"));
        ReadingSettings polish =
                new ReadingSettings(Charset.forName("ISO-8859-2"), Undecodable.FALL_BACK, Hl7Limits.DEFAULT);

        assertThat(Hl7Message.parse(content, polish)
                        .first("PID")
                        .orElseThrow()
                        .value(5)
                        .orEmpty())
                .isEqualTo("Łódź");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNICODE UTF-8", "ASCII", "KLINGON", "ASCII~ISO IR87"})
    void bytes_that_are_none_are_read_all_the_same_or_refused_at_msh_18(String declared) {
        byte[] content = (MSH + declared + "\rPID|||1||Åström\r").getBytes(StandardCharsets.ISO_8859_1);
        byte[] ascii = (MSH + declared + "\rPID|||1||Astrom\r").getBytes(StandardCharsets.US_ASCII);

        Hl7Message lenient = Hl7Message.parse(content);

        assertThat(lenient.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo("Åström");
        assertThat(lenient.warnings())
                .singleElement()
                .asString()
                .contains("MSH-18")
                .doesNotContain("str");
        assertThatThrownBy(() -> Hl7Message.parse(content, STRICT))
                .isInstanceOf(Hl7RejectedException.class)
                .hasMessageContaining("102 MSH-18");
        assertThat(Hl7Message.parse(ascii, STRICT).first("PID")).isPresent();
    }

    @Test
    void nothing_is_lost_when_the_default_itself_does_not_fit() {
        ReadingSettings unicode = new ReadingSettings(StandardCharsets.UTF_8, Undecodable.FALL_BACK, Hl7Limits.DEFAULT);
        byte[] content = (MSH + "\rPID|||1||Åström\r").getBytes(StandardCharsets.ISO_8859_1);

        Hl7Message message = Hl7Message.parse(content, unicode);

        assertThat(message.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo("Åström");
        assertThat(message.warnings()).hasSize(1);
    }

    /** PS3.5 §6.1.3: text has no C1 controls. */
    @ParameterizedTest
    @CsvSource({
        "8859/1, O\u0092Brien \u0080, O\u2019Brien \u20ac",
        "'', O\u0092Brien, O\u2019Brien",
        "ASCII, \u0093x\u0094, \u201cx\u201d",
        "UNICODE UTF-8, S\u00f8r\u0085, S\u00f8r\u2026",
        "KLINGON, \u008ae\u009e, \u0160e\u017e",
        "8859/9, Ya\u011fmur\u0092un, Ya\u011fmur\u2019un",
        "8859/1, O\\X92\\Brien, O\u2019Brien"
    })
    void what_is_no_8859_is_read_as_the_code_page_that_is_meant(String declared, String sent, String expected) {
        Charset set = Charset.forName(declared.equals("8859/9") ? "ISO-8859-9" : "ISO-8859-1");
        byte[] content = (MSH + declared + "\rPID|||1||" + sent + "\r").getBytes(set);

        Hl7Message message = Hl7Message.parse(content);

        assertThat(message.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo(expected);
        assertThat(message.warnings())
                .anySatisfy(text -> assertThat(text)
                        .contains(declared.equals("8859/9") ? "windows-1254" : "windows-1252")
                        .doesNotContain("Brien"));
        assertThatThrownBy(() -> Hl7Message.parse(content, STRICT)).hasMessageContaining("102 MSH-18");
    }

    @ParameterizedTest
    @CsvSource({
        "8859/1, ISO-8859-1, A\u0081B",
        "8859/2, ISO-8859-2, A\u0092B",
        "8859/15, ISO-8859-15, A\u0080B",
        "UNICODE UTF-8, UTF-8, A\u0085B",
        "UNICODE UTF-8, UTF-8, A\\XC285\\B",
        "ASCII~8859/5, ISO-8859-5, A\u001b-L\u009cB"
    })
    void other_c1_controls_are_told_of(String declared, String charset, String sent) {
        byte[] content = (MSH + declared + "\rPID|||1||" + sent + "\r").getBytes(Charset.forName(charset));

        Hl7Message message = Hl7Message.parse(content);

        assertThat(message.warnings()).singleElement().asString().contains("80H to 9FH", "without them");
        assertThat(message.text()).doesNotContainPattern("[\\x{80}-\\x{9F}]");
    }

    @ParameterizedTest
    @CsvSource({"8859/2", "8859/1", "ASCII", "''"})
    void the_code_page_of_the_sender_says_what_the_bytes_are(String declared) {
        byte[] content =
                (MSH + declared + "\rPID|||1||\u015awi\u0105tek \u0179\r").getBytes(Charset.forName("windows-1250"));
        ReadingSettings polish =
                new ReadingSettings(Charset.forName("windows-1250"), Undecodable.REFUSE, Hl7Limits.DEFAULT);

        Hl7Message message = Hl7Message.parse(content, polish);

        assertThat(message.first("PID").orElseThrow().value(5).orEmpty()).isEqualTo("\u015awi\u0105tek \u0179");
        assertThat(message.warnings()).isEmpty();
    }

    @Test
    void the_code_page_of_the_sender_says_what_c1_controls_of_unicode_were() {
        byte[] content = (MSH + "UNICODE UTF-8\rPID|||1||O\u0092Brien\r").getBytes(StandardCharsets.UTF_8);
        ReadingSettings western =
                new ReadingSettings(Charset.forName("windows-1252"), Undecodable.REFUSE, Hl7Limits.DEFAULT);

        assertThat(Hl7Message.parse(content, western)
                        .first("PID")
                        .orElseThrow()
                        .value(5)
                        .orEmpty())
                .isEqualTo("O\u2019Brien");
    }

    @Test
    void an_answer_goes_back_as_the_sender_writes() {
        byte[] content = (MSH + "8859/1\r").replace("SITE", "St. John\u0092s").getBytes(StandardCharsets.ISO_8859_1);
        Hl7Headers headers =
                Hl7Headers.read(content, StandardCharsets.ISO_8859_1).orElseThrow();

        assertThat(headers.encoded(headers.field(4) + " \u2019\u00e9"))
                .isEqualTo("St. John\u0092s \u0092\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void any_bytes_under_any_set_are_read() {
        Random random = new Random(1122);
        String[] sets = {
            "ASCII~ISO IR87", "ISO IR14~ISO IR159", "UNICODE UTF-8", "GB 18030-2000", "~KS X 1001", "8859/7", ""
        };
        byte[] escapes = "\u001b$B(J)I$(D\\M2442\\\\C2842\\|^\r".getBytes(StandardCharsets.US_ASCII);
        for (int run = 0; run < 3_000; run++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.writeBytes((MSH + sets[run % sets.length] + "\rNTE|1||").getBytes(StandardCharsets.US_ASCII));
            for (int i = random.nextInt(60); i > 0; i--) {
                content.write(random.nextBoolean() ? escapes[random.nextInt(escapes.length)] : random.nextInt(256));
            }
            try {
                assertThat(Hl7Message.parse(content.toByteArray()).segments()).isNotEmpty();
            } catch (Hl7RejectedException noSegment) {
                assertThat(noSegment.refusal().location().toString()).isNotEqualTo("MSH-18");
            }
        }
    }

    private static byte[] bytes(String before, String raw, String after) {
        return (before + raw + after).getBytes(StandardCharsets.ISO_8859_1);
    }
}
