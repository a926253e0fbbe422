package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ORC-1 with ORC-5 (HL7 v2.5.1 tables 0119 and 0038). */
class OrderControlTableTest {

    static List<OrderControlRow> rows() {
        return Samples.shipped().orderControl().rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_shipped_row_is_chosen_for_its_pair(OrderControlRow row) {
        String status = row.status().equals("*") ? "ZZ" : row.status();

        MappedStep step = step("ORC|%s|O1|||%s".formatted(row.control(), status));

        assertThat(step.event().row()).isEqualTo(row);
        assertThat(step.action()).isEqualTo(row.action());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "NW, -,  NEW,                 SCHEDULED,    SC, OK, UA",
                "NW, IP, NEW,                 SCHEDULED,    IP, OK, UA",
                "SN, -,  NEW,                 SCHEDULED,    '', NA, UA",
                "XO, -,  UPDATE,              '',           '', XR, UX",
                "XO, SC, UPDATE,              SCHEDULED,    SC, XR, UX",
                "XO, CM, STATUS,              COMPLETED,    CM, XR, UX",
                "CA, -,  CANCEL_REQUEST,      CANCELLED,    CA, CR, UC",
                "OC, -,  CANCELLED,           CANCELLED,    CA, OK, UA",
                "DC, CA, DISCONTINUE_REQUEST, DISCONTINUED, CA, DR, UD",
                "OD, -,  DISCONTINUED,        DISCONTINUED, DC, OK, UA",
                "HD, -,  HOLD,                '',           '', HR, UH",
                "RL, -,  RELEASE,             '',           '', OR, UR",
                "RP, -,  REPLACED,            CANCELLED,    '', RQ, UM",
                "RO, -,  REPLACEMENT,         SCHEDULED,    '', OK, UA",
                "PA, -,  PARENT,              '',           '', OK, UA",
                "CH, -,  CHILD,               SCHEDULED,    '', OK, UA",
                "SC, CM, STATUS,              COMPLETED,    CM, OK, UA",
                "SC, A,  STATUS,              COMPLETED,    A,  OK, UA",
                "SC, HD, HOLD,                '',           HD, OK, UA",
                "SS, -,  STATUS,              '',           '', SR, UA",
                "NA, -,  NUMBER_ASSIGNED,     '',           '', '', ''",
                "RE, -,  NOTE,                '',           '', '', ''"
            })
    void codes_mean_what_the_standard_says(
            String control, String sent, OrderAction action, String stepStatus, String status, String yes, String no) {
        OrderEvent event = step("ORC|%s|O1|||%s".formatted(control, sent == null ? "" : sent))
                .event();

        assertThat(event.row().action()).isEqualTo(action);
        assertThat(event.row().stepStatus()).isEqualTo(stepStatus);
        assertThat(event.status()).isEqualTo(status);
        assertThat(event.row().acceptedReply()).isEqualTo(yes);
        assertThat(event.row().refusedReply()).isEqualTo(no);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF", "AF", "DF", "FU", "OF", "UF", "OP", "PY", "LI", "UN", "PR", "MC", "ZZ", "nw"})
    void what_is_not_served_is_refused_at_the_order_control(String control) {
        assertThat(refusal(() -> step("ORC|" + control + "|O1"))).startsWith("AE 103 ORC-1: ");
    }

    @Test
    void a_pair_that_is_not_served_is_refused_at_the_status_of_its_own_order() {
        assertThat(refusal(() -> step("ORC|NW|O1|||CA"))).startsWith("AE 103 ORC-5: ");
        assertThat(refusal(() -> Samples.map(
                        Samples.shipped(), message(MSH, PID, "ORC|NW|O1", "OBR|1", "ORC|NW|O2|||CM", "OBR|2"))))
                .startsWith("AE 103 ORC[2]-5: ");
    }

    @Test
    void the_site_may_note_what_is_refused_and_a_row_that_says_more_wins() {
        MappingSet mapping = Samples.shippedWith("tables/order-control.csv", """
                control,status,action,step-status,accepted-reply,refused-reply
                *,CM,STATUS,COMPLETED,,
                RF,*,note,,OK,UA
                RF,SC,NEW,,OK,UA
                """);

        assertThat(mapping.orderControl().find("RF", "").orElseThrow().action()).isEqualTo(OrderAction.NOTE);
        assertThat(mapping.orderControl().find("RF", "SC").orElseThrow().action())
                .isEqualTo(OrderAction.NEW);
        assertThat(mapping.orderControl().find("RF", "CM").orElseThrow().action())
                .isEqualTo(OrderAction.NOTE);
        assertThat(mapping.orderControl().find("XX", "CM").orElseThrow().action())
                .isEqualTo(OrderAction.STATUS);
        assertThat(mapping.orderControl().find("XX", "SC")).isEmpty();
    }

    @Test
    void what_is_wrong_in_the_table_is_named() {
        assertThat(Samples.problems(() -> Samples.shippedWith("tables/order-control.csv", """
                        control,status,action,step-status,accepted-reply,refused-reply
                        NW,*,CREATE,,OK,UA
                        NW,SC,NEW,DONE,OK,UA
                        XO,*,UPDATE,,OK,UA
                        XO,*,NOTE,,OK,UA
                        CA,*
                        """)))
                .satisfiesExactly(
                        p -> assertThat(p).contains("order-control.csv:2: action is \"CREATE\"", "NUMBER_ASSIGNED"),
                        p -> assertThat(p).contains("order-control.csv:3: step-status is \"DONE\""),
                        p -> assertThat(p).contains("order-control.csv:5: control is \"XO\""),
                        p -> assertThat(p).contains("order-control.csv:6: row is"));
        assertThat(Samples.problems(() -> Samples.shippedWith("tables/order-control.csv", "from,to\nNW,NEW\n")))
                .singleElement()
                .asString()
                .contains("control,status,action");
    }

    @Test
    void an_order_says_its_numbers_parents_and_time() {
        MappedMessage mapped = Samples.map(
                Samples.shipped(),
                message(
                        MSH,
                        PID,
                        "ORC|CH|PL^RIS|FI^RAD|GR^RIS||N||PP&RIS^PF&RAD|20261122101500+0200",
                        "OBR|1|OP^X|OF^Y" + "|".repeat(26) + "RP&RIS^RF&RAD",
                        "ORC|XO||||SC",
                        "OBR|2|OP^X|OF^Y"));
        OrderEvent first = mapped.steps().get(0).event();
        OrderEvent second = mapped.steps().get(1).event();

        assertThat(mapped.sent()).contains(Instant.parse("2026-11-21T23:00:00Z"));
        assertThat(first.numbers()).isEqualTo(new OrderNumbers("PL", "RIS", "FI", "RAD"));
        assertThat(first.parent()).isEqualTo(new OrderNumbers("PP", "RIS", "PF", "RAD"));
        assertThat(first.parentRequest()).isEqualTo(new OrderNumbers("RP", "RIS", "RF", "RAD"));
        assertThat(first.placerGroup()).isEqualTo("GR");
        assertThat(first.responseFlag()).isEqualTo("N");
        assertThat(first.transactionTime()).contains(Instant.parse("2026-11-22T08:15:00Z"));
        assertThat(second.numbers()).isEqualTo(new OrderNumbers("OP", "X", "OF", "Y"));
        assertThat(second.parent().isEmpty()).isTrue();
        assertThat(second.transactionTime()).isEmpty();
        assertThat(mapped.steps().get(1).group()).isEqualTo(2);
        assertThat(mapped.steps().get(1).number()).isEqualTo(1);
    }

    private static MappedStep step(String order) {
        return Samples.map(Samples.shipped(), message(MSH, PID, order)).steps().get(0);
    }
}
