package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.dicom.dictionary.Tags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames, delimiters, headers and character sets as senders send them. */
class MessageFormIT {

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_frame_may_come_byte_by_byte() {
        try (RawMllp sender = new RawMllp(house.engine().engine().mllp())) {
            for (byte one : frame(Messages.order("SLOW1"))) {
                sender.send(new byte[] {one});
            }

            assertThat(sender.acknowledgement().verdict()).isEqualTo("AA");
        }
        assertThat(house.isListed("SLOW1")).isTrue();
    }

    @Test
    void two_frames_in_one_packet_are_answered_in_order() {
        try (RawMllp sender = new RawMllp(house.engine().engine().mllp())) {
            sender.send(joined(frame(Messages.order("PAIR1")), frame(Messages.order("PAIR2"))));

            assertThat(sender.acknowledgement().controlId()).isEqualTo("PAIR1-NW");
            assertThat(sender.acknowledgement().controlId()).isEqualTo("PAIR2-NW");
        }
        assertThat(house.isListed("PAIR1")).isTrue();
        assertThat(house.isListed("PAIR2")).isTrue();
    }

    @Test
    void a_frame_whose_carriage_return_is_missing_is_accepted_when_the_next_one_begins() {
        byte[] first = frame(Messages.order("NOCR1"));
        byte[] cut = java.util.Arrays.copyOf(first, first.length - 1);
        try (RawMllp sender = new RawMllp(house.engine().engine().mllp())) {
            sender.send(joined(cut, frame(Messages.order("NOCR2"))));

            assertThat(sender.acknowledgement().controlId()).isEqualTo("NOCR1-NW");
            assertThat(sender.acknowledgement().controlId()).isEqualTo("NOCR2-NW");
        }
    }

    @Test
    void a_truncation_character_in_the_delimiters_is_honoured() {
        Acknowledgement answer = house.send(Er7.order("DELIM1").set("MSH", 2, "^~\\&#"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.value("DELIM1", Tags.PatientName)).isEqualTo("TEST^DELIM1");
    }

    @Test
    void other_delimiters_are_honoured() {
        String message = Messages.order("DELIM2").replace('|', '$').replace('^', '%');

        Acknowledgement answer = Acknowledgement.of(house.send(message).text().replace('$', '|'));

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(house.value("DELIM2", Tags.PatientName)).isEqualTo("TEST^DELIM2");
        assertThat(house.value("DELIM2", Tags.FillerOrderNumberImagingServiceRequest))
                .isEqualTo("FIL-DELIM2");
    }

    @ParameterizedTest
    @CsvSource({"TYPE1,ORM", "TYPE2,ORM^O01", "TYPE3,ORM^O01^ORM_O01"})
    void the_message_structure_is_optional(String accession, String type) {
        Acknowledgement answer = house.send(Er7.order(accession).set("MSH", 9, type));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.isListed(accession)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"VER1,2.3", "VER2,2.3.1", "VER3,2.4", "VER4,2.5", "VER5,2.5.1", "VER6,2.6", "VER7,2.7.1", "VER8,2.8"})
    void every_version_is_answered_in_its_own(String accession, String version) {
        Acknowledgement answer = house.send(Er7.order(accession).set("MSH", 12, version));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(answer.text().lines().findFirst().orElseThrow()).contains("|" + version);
    }

    @Test
    void a_start_is_read_from_tq1_in_an_old_version_too() {
        Er7 message = Er7.order("TQONE")
                .set("MSH", 12, "2.3")
                .set("ORC", 7, "")
                .set("OBR", 27, "")
                .after("ORC", "TQ1|1||||||" + Messages.today() + "143000||S");

        assertThat(house.send(message).verdict()).isEqualTo("AA");
        assertThat(house.stepValue("TQONE", Tags.ScheduledProcedureStepStartTime))
                .startsWith("1430");
        assertThat(house.value("TQONE", Tags.RequestedProcedurePriority)).isEqualTo("STAT");
    }

    @Test
    void a_start_is_read_from_orc_7_in_a_new_version_too() {
        Er7 message = Er7.order("ORCSEVEN").set("MSH", 12, "2.5").set("OBR", 27, "");

        assertThat(house.send(message).verdict()).isEqualTo("AA");
        assertThat(house.stepValue("ORCSEVEN", Tags.ScheduledProcedureStepStartTime))
                .startsWith("1100");
    }

    @Test
    void without_a_control_id_the_message_is_refused_and_msa_2_is_empty() {
        Acknowledgement answer = house.send(Er7.order("NOID1").set("MSH", 10, ""));

        assertThat(answer.verdict()).isEqualTo("AE 101 MSH-10");
        assertThat(answer.controlId()).isEmpty();
        assertThat(house.isKnown("NOID1")).isFalse();
    }

    @Test
    void a_message_sent_again_is_acknowledged_again_and_has_no_second_effect() {
        Er7 message = Er7.order("AGAIN1");
        house.accept(message);
        int before = house.api().accession("AGAIN1").path("timeline").size();

        Acknowledgement answer = house.send(message);

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(answer.controlId()).isEqualTo("AGAIN1-NW");
        assertThat(house.api().accession("AGAIN1").path("timeline")).hasSize(before);
    }

    @Test
    void bytes_that_the_declared_character_set_does_not_have_are_read_by_the_default() {
        Er7 message = Er7.order("BYTES1").set("MSH", 18, "UNICODE UTF-8").set("PID", 5, "M\u00dcLLER^J\u00d6RG");

        assertThat(house.send(message).verdict()).isEqualTo("AA");
        assertThat(house.value("BYTES1", Tags.PatientName)).isEqualTo("M\u00dcLLER^J\u00d6RG");
    }

    @Test
    void text_in_utf_8_arrives_as_it_was_written() {
        String message = Er7.order("UTF8A")
                .set("MSH", 18, "UNICODE UTF-8")
                .set("PID", 5, "\u5c71\u7530^\u592a\u90ce")
                .toString();
        try (RawMllp sender = new RawMllp(house.engine().engine().mllp())) {
            sender.send(("\u000b" + message.replace('\n', '\r') + "\u001c\r").getBytes(StandardCharsets.UTF_8));

            assertThat(sender.acknowledgement().verdict()).isEqualTo("AA");
        }
        assertThat(house.value("UTF8A", Tags.PatientName)).isEqualTo("\u5c71\u7530^\u592a\u90ce");
    }

    @Test
    void a_training_message_is_rejected_in_production() {
        Acknowledgement answer = house.send(Er7.order("TRAIN1").set("MSH", 11, "T"));

        assertThat(answer.verdict()).isEqualTo("AR 202 MSH-11");
        assertThat(house.isKnown("TRAIN1")).isFalse();
    }

    private static byte[] frame(String message) {
        return ("\u000b" + message.replace('\n', '\r') + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
