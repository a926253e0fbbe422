package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the shipped order control table, sent for an order that is scheduled and has not begun. */
class OrderControlIT {

    private static final Path TABLE = Path.of("..", "..", "mapping", "tables", "order-control.csv");

    /** Row; answer; whether the step is on the worklist afterwards; what the order side says of the order. */
    private static final String EXPECTED = """
            NW,SC | AA | listed | SCHEDULED
            NW,IP | AA | listed | SCHEDULED
            NW,CA | AE 103 ORC-5 | listed | SCHEDULED
            NW,DC | AE 103 ORC-5 | listed | SCHEDULED
            NW,CM | AE 103 ORC-5 | listed | SCHEDULED
            NW,* | AA | listed | SCHEDULED
            SN,* | AA | listed | SCHEDULED
            NA,* | AA | listed | SCHEDULED
            XO,SC | AA | listed | SCHEDULED
            XO,CM | AA | gone | COMPLETED
            XO,CA | AA | gone | CANCELLED
            XO,DC | AA | gone | CANCELLED
            XO,* | AA | listed | SCHEDULED
            XX,CM | AA | gone | COMPLETED
            XX,CA | AA | gone | CANCELLED
            XX,* | AA | listed | SCHEDULED
            CA,* | AA | gone | CANCELLED
            OC,* | AA | gone | CANCELLED
            DC,* | AA | gone | CANCELLED
            OD,* | AA | gone | CANCELLED
            HD,* | AA | gone | ON_HOLD
            OH,* | AA | gone | ON_HOLD
            RL,* | AA | listed | SCHEDULED
            OE,* | AA | listed | SCHEDULED
            RP,* | AA | gone | REPLACED
            RU,* | AA | gone | REPLACED
            RO,* | AA | listed | SCHEDULED
            PA,* | AA | listed | SCHEDULED
            CH,* | AA | listed | SCHEDULED
            SC,SC | AA | listed | SCHEDULED
            SC,IP | AA | listed | SCHEDULED
            SC,CM | AA | gone | COMPLETED
            SC,A | AA | gone | COMPLETED
            SC,CA | AA | gone | CANCELLED
            SC,DC | AA | gone | CANCELLED
            SC,HD | AA | gone | ON_HOLD
            SC,RP | AA | gone | REPLACED
            SC,ER | AA | listed | SCHEDULED
            SC,* | AA | listed | SCHEDULED
            SS,* | AA | listed | SCHEDULED
            SR,* | AA | listed | SCHEDULED
            OK,* | AA | listed | SCHEDULED
            UA,* | AA | listed | SCHEDULED
            CR,* | AA | listed | SCHEDULED
            UC,* | AA | listed | SCHEDULED
            DR,* | AA | listed | SCHEDULED
            UD,* | AA | listed | SCHEDULED
            XR,* | AA | listed | SCHEDULED
            UX,* | AA | listed | SCHEDULED
            RQ,* | AA | listed | SCHEDULED
            UM,* | AA | listed | SCHEDULED
            HR,* | AA | listed | SCHEDULED
            UH,* | AA | listed | SCHEDULED
            OR,* | AA | listed | SCHEDULED
            UR,* | AA | listed | SCHEDULED
            RR,* | AA | listed | SCHEDULED
            DE,* | AA | listed | SCHEDULED
            RE,* | AA | listed | SCHEDULED
            CN,* | AA | listed | SCHEDULED
            RF,* | AE 103 ORC-1 | listed | SCHEDULED
            AF,* | AE 103 ORC-1 | listed | SCHEDULED
            DF,* | AE 103 ORC-1 | listed | SCHEDULED
            FU,* | AE 103 ORC-1 | listed | SCHEDULED
            OF,* | AE 103 ORC-1 | listed | SCHEDULED
            UF,* | AE 103 ORC-1 | listed | SCHEDULED
            OP,* | AE 103 ORC-1 | listed | SCHEDULED
            PY,* | AE 103 ORC-1 | listed | SCHEDULED
            LI,* | AE 103 ORC-1 | listed | SCHEDULED
            UN,* | AE 103 ORC-1 | listed | SCHEDULED
            PR,* | AE 103 ORC-1 | listed | SCHEDULED
            MC,* | AE 103 ORC-1 | listed | SCHEDULED
            """;

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

    /** One line of {@link #EXPECTED}. */
    private record Row(String control, String status, String verdict, boolean listed, String orderStatus) {

        static Row of(String line) {
            String[] parts = line.split(" *\\| *");
            String[] pair = parts[0].split(",");
            return new Row(pair[0], pair[1], parts[1], parts[2].equals("listed"), parts[3]);
        }

        String pair() {
            return control + "," + status;
        }

        /** A code that no row names, where the row is for any. */
        String sentStatus() {
            return status.equals("*") ? "ZZ" : status;
        }

        @Override
        public String toString() {
            return pair();
        }
    }

    static Stream<Row> rows() {
        return EXPECTED.lines().map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_does_what_it_says(Row row) {
        String accession = "T" + row.control() + row.sentStatus();
        house.accept(Er7.order(accession));

        String verdict = house.send(Er7.order(accession, row.control())
                        .set("ORC", 5, row.sentStatus())
                        .set("MSH", 10, accession + "-ROW"))
                .verdict();

        assertThat(verdict).isEqualTo(row.verdict());
        assertThat(house.isListed(accession)).isEqualTo(row.listed());
        assertThat(house.api().accession(accession).path("orderStatus").asText())
                .isEqualTo(row.orderStatus());
    }

    @Test
    void every_row_of_the_table_has_a_line_here() throws IOException {
        List<String> pairs = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("control,"))
                .map(line -> line.split(",", -1))
                .map(cells -> cells[0] + "," + cells[1])
                .toList();

        assertThat(rows().map(Row::pair)).containsExactlyElementsOf(pairs);
    }

    @Test
    void a_replacement_takes_the_place_of_the_order_before_it() {
        house.accept(Er7.order("OLDORDER"));

        assertThat(house.send(Er7.order("OLDORDER", "RP")
                                .and(Er7.order("NEWORDER", "RO")
                                        .set("ORC", 8, "ORD-OLDORDER&NORTHRIS^FIL-OLDORDER&NORTHRAD"))
                                .set("MSH", 10, "REPLACE-1"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(house.isListed("OLDORDER")).isFalse();
        assertThat(house.isListed("NEWORDER")).isTrue();
    }

    @Test
    void the_children_of_a_parent_are_steps_and_the_parent_is_none() {
        Er7 panel = Er7.order("PANEL0", "PA")
                .and(Er7.order("PANEL1", "CH").set("ORC", 8, "ORD-PANEL0&NORTHRIS^FIL-PANEL0&NORTHRAD"))
                .and(Er7.order("PANEL2", "CH").set("ORC", 8, "ORD-PANEL0&NORTHRIS^FIL-PANEL0&NORTHRAD"));

        assertThat(house.send(panel).verdict()).isEqualTo("AA");

        assertThat(house.isListed("PANEL0")).isFalse();
        assertThat(house.isListed("PANEL1")).isTrue();
        assertThat(house.isListed("PANEL2")).isTrue();
    }

    @Test
    void an_order_response_says_what_became_of_each_order() {
        String answer = house.send(Er7.order("RESP1").set("ORC", 6, "F")).text();

        assertThat(answer.lines().findFirst().orElseThrow()).contains("ORR^O02");
        assertThat(answer).contains("MSA|AA|").contains("ORC|OK|ORD-RESP1^NORTHRIS|FIL-RESP1^NORTHRAD");
        assertThat(answer).contains(Messages.studyOf("RESP1"));
    }

    @Test
    void an_order_response_refuses_too() {
        house.accept(Er7.order("RESP2"));
        house.scanner().begin(house.engine(), "RESP2");

        String answer = house.send(Er7.order("RESP2", "CA").set("ORC", 6, "E")).text();

        assertThat(answer).contains("ORR^O02").contains("MSA|AE|").contains("ORC|UC|");
    }
}
