package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HL7 that cannot be taken: the answer says why, the content is kept, and nobody else's order suffers. */
class BadMessageIT {

    private static final int MAX_FRAME_BYTES = 65_536;

    @TempDir
    private static Path folder;

    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        engine = EngineUnderTest.start(
                TestHome.create(folder)
                        .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                        .withStation("CT", "CT1"),
                Map.of("collimator.mllp.max-frame-bytes", String.valueOf(MAX_FRAME_BYTES)));
        assertThat(engine.send(Messages.order("TAKEN1")).code()).isEqualTo("AA");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    static Stream<Arguments> refusedMessages() {
        String good = Messages.order("BAD1");
        return Stream.of(
                refused("without PID", without(good, "PID"), "AE", "101", "PID"),
                refused(
                        "without accession",
                        good.replace("BAD1|RPBAD1", "|RPBAD1").replace("FIL-BAD1", ""),
                        "AE",
                        "101",
                        ""),
                refused("accession too long", good.replace("|BAD1|", "|ACCESSION-OF-TWENTY1|"), "AE", "102", "OBR"),
                refused("invalid Study UID", good.replace("ZDS|1.2.276", "ZDS|1.02.276"), "AE", "102", "ZDS"),
                refused("unknown order control", good.replace("ORC|NW", "ORC|QQ"), "AE", "103", "ORC"),
                refused(
                        "accession of another patient",
                        good.replace("|BAD1|RPBAD1|", "|TAKEN1|RPBAD1|"),
                        "AE",
                        "205",
                        "OBR"),
                refused("cancel of an unknown order", good.replace("ORC|NW", "ORC|CA"), "AE", "204", "ORC"),
                refused("unknown type", good.replace("ORM^O01", "ZZZ^Z01"), "AR", "200", "MSH"),
                refused("unknown version", good.replace("|2.3.1", "|9.9"), "AR", "203", "MSH"),
                refused("processing ID", good.replace("|P|2.3.1", "|T|2.3.1"), "AR", "202", "MSH"),
                refused("no MSH-10", good.replace("|BAD1-NW|", "||"), "AE", "101", "MSH"));
    }

    @ParameterizedTest
    @MethodSource("refusedMessages")
    void a_refusal_says_why_and_the_content_is_kept(String message, String code, String error, String segment) {
        int before = engine.api().exceptions().size();
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            String answer = sender.frame(message).answer();

            assertThat(answer).contains("MSA|" + code + "|").contains("ERR|").contains(error);
            assertThat(answer.substring(answer.indexOf("ERR|"))).contains(segment);
            JsonNode exceptions = engine.api().exceptions();
            assertThat(exceptions.size()).isEqualTo(before + 1);
            assertThat(exceptions.get(0).path("type").asText()).isEqualTo("message-refused");
        }
        assertThat(engine.api().get("/api/accessions/BAD1").statusCode()).isEqualTo(404);
    }

    @Test
    void bytes_that_are_no_hl7_get_an_answer_and_the_connection_lives() {
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            String answer = sender.frame("this is no HL7").answer();
            String next = sender.frame(Messages.order("AFTER1")).answer();

            assertThat(answer).contains("MSA|AR|").contains("ERR|");
            assertThat(next).contains("MSA|AA|AFTER1-NW");
        }
    }

    @Test
    void a_start_block_inside_a_frame_abandons_what_came_before() {
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            sender.send("\u000bMSH|^~\\&|LOST".getBytes(StandardCharsets.ISO_8859_1));

            String answer = sender.frame(Messages.order("AFTER2")).answer();

            assertThat(answer).contains("MSA|AA|AFTER2-NW");
        }
    }

    @Test
    void an_oversized_frame_is_answered_and_ends_the_connection() {
        byte[] filler = new byte[MAX_FRAME_BYTES * 2];
        Arrays.fill(filler, (byte) 'x');
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            sender.send(("\u000b" + Messages.order("BIG1").replace('\n', '\r')).getBytes(StandardCharsets.ISO_8859_1));
            sender.send(filler);

            assertThat(sender.answer())
                    .contains("MSA|AE|BIG1-NW", "102&", "over " + MAX_FRAME_BYTES + " bytes")
                    .contains("ERR|");
            assertThat(sender.answer()).isEmpty();
        }
    }

    @Test
    void a_repeated_message_is_acknowledged_again_and_changes_nothing() {
        String order = Messages.order("TWICE1");

        String first = engine.send(order).code();
        JsonNode before = engine.api().accession("TWICE1");
        String second = engine.send(order).code();

        assertThat(first).isEqualTo("AA");
        assertThat(second).isEqualTo("AA");
        assertThat(engine.api().accession("TWICE1")).isEqualTo(before);
    }

    @Test
    void line_feeds_and_a_byte_order_mark_are_tolerated() {
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            byte[] message = ("\u000b\u00ef\u00bb\u00bf" + Messages.order("LF1").replace("\n", "\r\n") + "\u001c\r")
                    .getBytes(StandardCharsets.ISO_8859_1);

            assertThat(sender.send(message).answer()).contains("MSA|AA|LF1-NW");
        }
    }

    private static Arguments refused(String name, String message, String code, String error, String segment) {
        return Arguments.of(Named.of(name, message), code, error, segment);
    }

    private static String without(String message, String segment) {
        return message.lines()
                .filter(line -> !line.startsWith(segment + "|"))
                .reduce("", (all, line) -> all + line + "\n");
    }
}
