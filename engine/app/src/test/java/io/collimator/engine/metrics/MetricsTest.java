package io.collimator.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.workflow.order.Repetition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    private String text() {
        return new String(metrics.text(), StandardCharsets.UTF_8);
    }

    @Test
    void every_count_stands_under_its_profile() {
        IntakeMeter meter = metrics.intake();
        meter.received("north");
        meter.received("north");
        meter.accepted("north", Repetition.SAME_CONTENT, true);
        meter.refused("north", ErrorCode.REQUIRED_FIELD_MISSING);
        meter.leniency("north", "not-in-table", 3);
        meter.leniency("north", "cut", 0);
        meter.answered("north", Duration.ofMillis(30));

        assertThat(text())
                .contains(
                        "collimator_messages_received_total{profile=\"north\"} 2.0\n",
                        "collimator_messages_accepted_total{profile=\"north\"} 1.0\n",
                        "collimator_messages_duplicate_total{profile=\"north\",verdict=\"other_id_same_content\"} 1.0\n",
                        "collimator_messages_stale_total{profile=\"north\"} 1.0\n",
                        "collimator_messages_refused_total{code=\"101\",profile=\"north\"} 1.0\n",
                        "collimator_messages_leniency_total{kind=\"not-in-table\",profile=\"north\"} 3.0\n",
                        "collimator_message_answer_seconds_bucket{profile=\"north\",le=\"0.025\"} 0\n",
                        "collimator_message_answer_seconds_bucket{profile=\"north\",le=\"0.05\"} 1\n",
                        "collimator_message_answer_seconds_count{profile=\"north\"} 1\n")
                .doesNotContain("kind=\"cut\"");
    }

    @Test
    void what_is_sloppy_is_counted_by_peer_and_kind() {
        ReadingNotes notes = new ReadingNotes();
        notes.noticed(Sloppiness.ODD_LENGTH, Tags.PatientName);
        notes.noticed(Sloppiness.ODD_LENGTH, Tags.PatientID);
        notes.noticed(Sloppiness.TOO_LONG, Tags.AccessionNumber);
        metrics.sloppiness().count(new AeTitle("CT1"), notes);
        metrics.sloppiness().count(new AeTitle("CT1"), notes);

        assertThat(metrics.sloppiness().of(new AeTitle("CT1")))
                .containsExactly(Map.entry("odd-length", 4L), Map.entry("too-long", 2L));
        assertThat(metrics.sloppiness().of(new AeTitle("CT2"))).isEmpty();
        assertThat(text()).contains("collimator_dicom_sloppiness_total{kind=\"odd-length\",peer=\"CT1\"} 4.0\n");
    }

    @Test
    void however_many_names_come_the_number_of_series_is_bounded() {
        for (int i = 0; i < 2_000; i++) {
            metrics.intake().received("profile-" + i);
        }

        assertThat(text().lines().filter(line -> line.startsWith("collimator_messages_received_total{")))
                .hasSize(257)
                .anyMatch(line -> line.contains("\"other\"") && line.endsWith(" 1744.0"));
    }
}
