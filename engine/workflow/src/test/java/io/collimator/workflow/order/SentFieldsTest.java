package io.collimator.workflow.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SentFieldsTest {

    private static final SentFields STORED = new SentFields(
            Map.of("MSH-3", "RIS", "MSH-4", "NORTH", "PID-5", "DOE", "PV1-2", "I", "PV1-3", "WARD 4", "OBR-4", "CTH"));
    private static final SentFields MESSAGE =
            new SentFields(Map.of("MSH-3", "OTHER", "MSH-4", "", "PV1-3", "", "OBR-4", "CTN"));

    @Test
    void a_change_keeps_what_it_does_not_carry_and_who_placed_the_order() {
        assertThat(STORED.changedBy(MESSAGE))
                .isEqualTo(new SentFields(Map.of(
                        "MSH-3", "RIS", "MSH-4", "NORTH", "PID-5", "DOE", "PV1-2", "I", "PV1-3", "", "OBR-4", "CTN")));
        assertThat(SentFields.NONE.changedBy(MESSAGE)).isEqualTo(MESSAGE);
    }

    @Test
    void who_places_the_order_again_is_its_sender() {
        assertThat(STORED.placedBy(MESSAGE).sendingApplication()).isEqualTo("OTHER");
        assertThat(STORED.placedBy(MESSAGE).sendingFacility()).isEmpty();
        assertThat(STORED.placedBy(MESSAGE).values()).containsEntry("PV1-2", "I");
    }

    @Test
    void parts_of_it_are_the_rest_of_it() {
        assertThat(STORED.withoutName().values()).doesNotContainKey("PID-5").hasSize(5);
        assertThat(STORED.ofSender().values()).containsOnlyKeys("MSH-3", "MSH-4");
        assertThat(STORED.ofPatientAndVisit().values()).containsOnlyKeys("PID-5", "PV1-2", "PV1-3");
        assertThat(STORED.toString()).doesNotContain("DOE");
    }
}
