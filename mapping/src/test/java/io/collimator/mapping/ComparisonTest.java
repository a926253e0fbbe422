package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.MappingComparison.AttributeChange;
import io.collimator.mapping.MappingComparison.ListChange;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Hl7Message ORDER = message(MSH, PID, "ORC|NW|O1|F1", obr(13, "PACEMAKER", 18, "A1", 24, "CT"));

    @Test
    void the_same_mapping_makes_no_difference() {
        assertThat(MappingComparison.compare(mapped(Samples.shipped()), mapped(Samples.shipped()))
                        .isSame())
                .isTrue();
    }

    @Test
    void a_difference_names_attribute_values_rules_and_lists() {
        MappingSet candidate = MappingSet.of(
                Samples.shipped()
                        .files()
                        .with("tables/stations.csv", "from,to\nCT,CT7+CT8\n")
                        .with("tables/order-control.csv", """
                                control,status,action,step-status,accepted-reply,refused-reply
                                NW,*,NEW,READY,OK,UA
                                """)
                        .with("definitions/site.yaml", """
                                layer: site
                                changes: orders-to-worklist
                                rules:
                                  - {id: accession-by-order, before: accession-number, when: OBR-24 is CT, target: AccessionNumber, from: ORC-2, convert: key}
                                  - {id: medical-alerts, remove: true}
                                """),
                Samples.OSLO);

        MappingComparison comparison = MappingComparison.compare(mapped(Samples.shipped()), mapped(candidate));

        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.attributes())
                .containsExactly(
                        new AttributeChange(1, "AccessionNumber", "A1", "O1", "accession-number", "accession-by-order"),
                        new AttributeChange(1, "MedicalAlerts", "PACEMAKER", "", "medical-alerts", ""),
                        new AttributeChange(
                                1,
                                "ScheduledProcedureStepSequence.ScheduledStationAETitle",
                                "CT1",
                                "CT7\\CT8",
                                "station-by-modality",
                                "station-by-modality"));
        assertThat(comparison.lists())
                .containsExactly(
                        new ListChange(1, "CT1", false),
                        new ListChange(1, "CT7", true),
                        new ListChange(1, "CT8", true));
        assertThat(comparison.outcomes()).containsExactly("step 1: NEW READY, was NEW SCHEDULED");
        assertThat(comparison.attributes().toString()).doesNotContain("PACEMAKER");
    }

    @Test
    void a_message_that_only_holds_puts_no_step_on_a_list() {
        MappingSet candidate = Samples.shippedWith("tables/order-control.csv", """
                control,status,action,step-status,accepted-reply,refused-reply
                NW,*,HOLD,,OK,UA
                """);

        MappingComparison comparison = MappingComparison.compare(mapped(Samples.shipped()), mapped(candidate));

        assertThat(comparison.lists()).containsExactly(new ListChange(1, "CT1", false));
    }

    @Test
    void a_number_that_only_stands_in_is_not_the_same_as_one_that_is_carried() {
        MappingSet candidate = Samples.shippedWith("definitions/site.yaml", """
                layer: site
                changes: orders-to-worklist
                rules:
                  - {id: accession-number, target: AccessionNumber, from: OBR-18, convert: key, only-if-empty: true}
                  - {id: accession-by-filler-number, remove: true}
                """);

        MappingComparison comparison = MappingComparison.compare(mapped(Samples.shipped()), mapped(candidate));

        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.attributes()).extracting(AttributeChange::keyword).containsExactly("AccessionNumber");
    }

    @Test
    void another_reply_is_a_difference() {
        MappingSet candidate = Samples.shippedWith("tables/order-control.csv", """
                control,status,action,step-status,accepted-reply,refused-reply
                NW,*,NEW,SCHEDULED,NA,UA
                """);

        assertThat(MappingComparison.compare(mapped(Samples.shipped()), mapped(candidate))
                        .outcomes())
                .containsExactly("step 1: answered NA/UA, was OK/UA");
    }

    @Test
    void a_step_that_loses_its_station_joins_those_without_one() {
        MappingSet candidate = Samples.shippedWith("tables/stations.csv", "from,to\nMR,MR1\n");

        MappingComparison comparison = MappingComparison.compare(mapped(Samples.shipped()), mapped(candidate));

        assertThat(comparison.lists()).containsExactly(new ListChange(1, "CT1", false), new ListChange(1, "", true));
    }

    @Test
    void refusals_are_compared_as_texts() {
        assertThat(MappingComparison.ofRefusals("AE 103", "AE 103").isSame()).isTrue();
        assertThat(MappingComparison.ofRefusals("", "AE 103").outcomes()).containsExactly("refused: AE 103");
        assertThat(MappingComparison.ofRefusals("AE 103", "").outcomes()).containsExactly("taken, was refused: AE 103");
        assertThat(MappingComparison.ofRefusals("AE 101", "AE 103").outcomes())
                .containsExactly("refused: AE 103, was: AE 101");
    }

    private static MappedMessage mapped(MappingSet mapping) {
        return Samples.map(mapping, ORDER);
    }
}
