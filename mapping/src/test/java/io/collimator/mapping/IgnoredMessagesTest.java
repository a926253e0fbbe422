package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site leaves out: by type and event of a sender, and orders by a condition. */
class IgnoredMessagesTest {

    private static final String TABLE = """
            control,status,action,step-status,accepted-reply,refused-reply,when
            NW,*,NEW,SCHEDULED,OK,UA,
            CA,*,CANCEL_REQUEST,CANCELLED,CR,UC,
            NW,*,ignore,,,,"OBR-24 is one of LAB, PATH"
            *,*,Ignore,,,,"PV1-2 is E and ORC-13.9 starts with ""WARD 7\"""
            """;

    private final MappingSet mapping = Samples.shippedWith("tables/order-control.csv", TABLE);

    @ParameterizedTest
    @CsvSource({
        "NW, I, X, LAB, 4",
        "NW, I, X, path, 4",
        "NW, I, X, CT, 0",
        "CA, I, X, LAB, 0",
        "CA, E, WARD 7B, CT, 5",
        "NW, E, WARD 7, CT, 5",
        "NW, E, WARD 8, CT, 0",
        "ZZ, E, WARD 7, CT, 5"
    })
    void an_order_that_meets_the_condition_of_a_row(
            String control, String patientClass, String ward, String modality, int line) {
        String placed = "ORC|" + control + "|O1|F1||||||||||^^^^^^^^" + ward;

        IgnoredOrders ignored =
                mapping.ignoredOrders(message(MSH, PID, "PV1||" + patientClass, placed, obr(18, "A1", 24, modality)));

        assertThat(ignored.lines()).containsExactly(line);
        assertThat(ignored.isWhole()).isEqualTo(line > 0);
    }

    @Test
    void only_the_orders_that_meet_it_are_left_out() {
        Hl7Message message =
                message(MSH, PID, "ORC|NW|O1|F1", obr(18, "A1", 24, "LAB"), "ORC|NW|O2|F2", obr(18, "A2", 24, "CT"));

        IgnoredOrders ignored = mapping.ignoredOrders(message);

        assertThat(ignored.isWhole()).isFalse();
        assertThat(ignored.rows()).isEqualTo("mapping/tables/order-control.csv:4");
        assertThat(mapping.map(message, mapping.senders().standard(), ignored).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.event().numbers().placer()).isEqualTo("O2"));
        assertThat(mapping.namedOrders(message, mapping.senders().standard()))
                .extracting(NamedOrder::accession)
                .containsExactly("A1", "A2");
    }

    @Test
    void the_shipped_table_ignores_nothing() {
        assertThat(Samples.shipped()
                        .ignoredOrders(message(MSH, PID, "ORC|NW|O1"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void what_is_wrong_in_the_table_is_named() {
        assertThat(Samples.problems(() -> Samples.shippedWith("tables/order-control.csv", """
                        control,status,action,step-status,accepted-reply,refused-reply,when
                        NW,*,NEW,SCHEDULED,OK,UA,PV1-2 is E
                        NW,*,ignore,,,,
                        XO,*,ignore,,,,PV1-2 = E
                        XO,*,ignore,,,,attribute:Modality is CT
                        """)))
                .satisfiesExactly(
                        p -> assertThat(p).contains("order-control.csv:2: when", "action is ignore"),
                        p -> assertThat(p).contains("order-control.csv:3: when", "PV1-2 is E"),
                        p -> assertThat(p).contains("order-control.csv:4: when"),
                        p -> assertThat(p).contains("order-control.csv:5: when"));
        assertThat(Samples.problems(() -> Samples.shippedWith("tables/order-control.csv", """
                        control,status,action,step-status,accepted-reply,refused-reply
                        NW,*,ignore,,,
                        """)))
                .singleElement()
                .asString()
                .contains("order-control.csv:2: when");
    }

    @ParameterizedTest
    @CsvSource({
        "ADT^A31, true",
        "ADT^A08, false",
        "ORU^R01, true",
        "ORU, true",
        "SIU^S14^SIU_S12, true",
        "MDM^T02, true"
    })
    void a_sender_lists_types_and_events(String kind, boolean expected) {
        SenderProfile profile = Samples.shippedWith(
                        "senders.yaml", "senders:\n  default:\n    ignore: [ADT^A31, ORU, SIU^S14, MDM]\n")
                .senders()
                .standard();

        assertThat(profile.ignores(message(MSH.replace("ORM^O01", kind), PID).headers()))
                .isEqualTo(expected);
        assertThat(Samples.problems(() -> Samples.shippedWith(
                        "senders.yaml", "senders:\n  default:\n    ignore: [ADT-A31, 'adt^a31', ADT^A311]\n")))
                .hasSize(3)
                .allMatch(problem ->
                        problem.contains("senders.yaml:3: senders.default.ignore") && problem.contains("ADT^A31"));
    }
}
