package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.QueueReader.Taken;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.hl7.outbound.OutboundValidation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status says of patient, visit and order what the order said, and every form of it may leave. */
abstract class OrderStatusContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String IDENTIFIERS =
            "PID-%1$s^^^NORTH^MR~444-55^^^GOV&1.2.276.0.76.3.1.99.9&ISO^SS~\"\"^^^WEST^MR";

    @TempDir
    static Path folder;

    static IntakeHouse house;
    static QueueReader queues;

    static void open(Map<String, String> settings) {
        house = IntakeHouse.open(folder, settings, home -> home);
        queues = house.engine().queues();
    }

    static void close() {
        queues.close();
        house.close();
    }

    @Test
    void it_repeats_patient_visit_and_procedure_as_the_order_had_them() {
        house.accept(whole("SAID1"));

        String status = status("SAID1", "SC");

        assertThat(field(status, "PID", 2)).isEqualTo("OLD-SAID1");
        assertThat(field(status, "PID", 3))
                .isEqualTo("PID-SAID1^^^NORTH^MR~444-55^^^GOV&1.2.276.0.76.3.1.99.9&ISO^SS~^^^WEST^MR");
        assertThat(field(status, "PID", 5)).isEqualTo("TEST^SAID1^MARIA^JR^DR^^L~MAIDEN^SAID1^^^^^M");
        assertThat(field(status, "PID", 18)).isEqualTo("ACCOUNT-7^^^NORTH^AN");
        assertThat(field(status, "PV1", 2)).isEqualTo("I");
        assertThat(field(status, "PV1", 3)).isEqualTo("WARD 3^12^B^NORTH&1.2.3&ISO");
        assertThat(field(status, "PV1", 8)).isEqualTo("77^SENDER^ROBIN^^^DR");
        assertThat(field(status, "PV1", 19)).isEqualTo("VISIT-7^^^NORTH^VN");
        assertThat(field(status, "ORC", 2)).isEqualTo("ORD-SAID1^NORTHRIS");
        assertThat(field(status, "ORC", 3)).isEqualTo("FIL-SAID1^NORTHRAD^1.2.276.0.76.3.1.99.8^ISO");
        assertThat(field(status, "OBR", 2)).isEqualTo(field(status, "ORC", 2));
        assertThat(field(status, "OBR", 3)).isEqualTo(field(status, "ORC", 3));
        assertThat(field(status, "OBR", 4)).isEqualTo("CTH^CT \\T\\ more^L^30799-1^CT head^LN");
        assertThat(status.indexOf("\rPV1|")).isBetween(status.indexOf("\rPID|"), status.indexOf("\rORC|"));
    }

    @Test
    void every_shipped_form_of_it_may_leave() {
        house.accept(whole("FORM1"));
        house.accept(Er7.order("FORM2").set("OBR", 4, "").set("PID", 7, "").set("PID", 8, ""));
        MessageTemplates templates =
                MessageTemplates.load(house.engine().home().root().resolve("mapping/templates"));
        OutboundValidation validation = new OutboundValidation();

        for (String status : List.of(status("FORM1", "SC"), status("FORM2", "SC"))) {
            validation.check(status);
            templates
                    .names()
                    .forEach(name ->
                            validation.check(templates.find(name).orElseThrow().write(status)));
        }
        String imaging = templates.find("status-omi-2.5.1").orElseThrow().write(status("FORM1", "SC"));
        assertThat(field(imaging, "IPC", 4))
                .isEqualTo(field(status("FORM1", "SC"), "OBR", 20))
                .isNotEmpty();
    }

    @Test
    void it_follows_the_order_and_keeps_what_a_change_does_not_say() {
        house.accept(whole("MOVED1"));
        house.accept(later("MOVED1", "XO").set("OBR", 4, "CTN^CT neck^99NORTH").after("PID", "PV1||O|\"\""));
        house.accept(later("MOVED1", "CA"));

        String status = status("MOVED1", "CA");

        assertThat(field(status, "OBR", 4)).isEqualTo("CTN^CT neck^99NORTH");
        assertThat(field(status, "PV1", 2)).isEqualTo("O");
        assertThat(field(status, "PV1", 3)).isEmpty();
        assertThat(field(status, "PV1", 19)).isEqualTo("VISIT-7^^^NORTH^VN");
    }

    @Test
    void a_patient_of_another_name_or_number_goes_by_these() {
        house.accept(whole("NAMED1"));
        house.accept(ExamMessages.adt("A08", "NAMED1", 1).set("PID", 5, "MARRIED^NAMED1"));
        house.accept(later("NAMED1", "CA").without("PID"));
        String renamed = status("NAMED1", "CA");
        house.accept(whole("NUMBERED1"));
        house.accept(ExamMessages.changeOfNumber("PID-NUMBERED1", "PID-NUMBERED2", 1));
        house.accept(later("NUMBERED1", "CA").without("PID"));
        String numbered = status("NUMBERED1", "CA");

        assertThat(field(renamed, "PID", 3)).startsWith("PID-NAMED1^^^NORTH^MR~444-55");
        assertThat(field(renamed, "PID", 5)).isEqualTo("MARRIED^NAMED1");
        assertThat(field(numbered, "PID", 3))
                .startsWith("PID-NUMBERED2^^^NORTH")
                .doesNotContain("PID-NUMBERED1^");
        assertThat(field(numbered, "PV1", 19)).isEqualTo("VISIT-7^^^NORTH^VN");
    }

    @Test
    void an_order_without_a_visit_has_none_and_a_visit_without_class_is_unknown() {
        house.accept(Er7.order("VISIT1"));
        house.accept(Er7.order("VISIT2").after("PID", "PV1|||WARD 3"));

        assertThat(status("VISIT1", "SC")).doesNotContain("\rPV1|");
        assertThat(field(status("VISIT2", "SC"), "PV1", 2)).isEqualTo("U");
        assertThat(field(status("VISIT2", "SC"), "PV1", 3)).isEqualTo("WARD 3");
    }

    @Test
    void of_several_procedures_it_says_the_first() {
        house.accept(ExamMessages.procedures("PANEL1", "NW", 1, "CTA 100000", "CTB 110000"));

        assertThat(field(status("PANEL1", "SC"), "OBR", 4)).isEqualTo("CTA^CTA^99NORTH");
    }

    @Test
    void an_imaging_order_is_said_likewise() {
        String accession = "OMI1";
        house.accept(ExamMessages.imaging(accession, "NW", 1, "P1 1000").after("PID", "PV1||E|ER"));

        String status = status(accession, "SC");

        assertThat(field(status, "OBR", 4)).isEqualTo("KNEE^Knee^99NORTH");
        assertThat(field(status, "PV1", 2)).isEqualTo("E");
        assertThat(field(status, "ORC", 2)).isEqualTo("ORD-" + accession + "^NORTHRIS");
    }

    @Test
    void every_notice_of_an_order_says_who_sent_the_order() {
        house.accept(whole("WHOSE1").set("MSH", 3, "WESTRIS^1.2.3^ISO").set("MSH", 4, "WEST"));
        house.accept(later("WHOSE1", "XO").set("OBR", 31, "^Pain"));
        house.accept(later("WHOSE1", "CA"));
        house.send(Er7.of("""
                MSH|^~\\&|REPORTS|NORTH|COLLIMATOR|RAD|20261122||ORU^R01|WHOSE-R|P|2.3.1
                PID|||PID-NOBODY^^^NORTH||TEST
                OBR|1|||X^X|||||||||||||||UNKNOWN9|||||||F
                """));

        status("WHOSE1", "CA");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> queues.on(QueueReader.EVENTS, "WHOSE1").size() >= 3);

        assertThat(queues.on(QueueReader.STATUS, "WHOSE1"))
                .extracting(Taken::orderer)
                .containsOnly("WESTRIS|WEST");
        assertThat(queues.on(QueueReader.EVENTS, "WHOSE1"))
                .extracting(Taken::orderer)
                .containsOnly("WESTRIS|WEST");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(queues.on(QueueReader.RESULTS, "null"))
                        .extracting(Taken::orderer)
                        .containsExactly("null|null"));
    }

    private static Er7 whole(String accession) {
        return Er7.order(accession)
                .set("PID", 2, "OLD-" + accession)
                .set("PID", 3, IDENTIFIERS.formatted(accession))
                .set("PID", 5, "TEST^" + accession + "^MARIA^JR^DR^^L~MAIDEN^" + accession + "^^^^^M")
                .set("PID", 18, "ACCOUNT-7^^^NORTH^AN")
                .after(
                        "PID",
                        "PV1|1|I|WARD 3^12^B^NORTH&1.2.3&ISO|||||77^SENDER^ROBIN^^^DR|||||||||||VISIT-7^^^NORTH^VN")
                .set("ORC", 3, filler(accession))
                .set("OBR", 3, filler(accession))
                .set("OBR", 4, "CTH^CT \\T\\ more^L^30799-1^CT head^LN");
    }

    private static Er7 later(String accession, String control) {
        return Er7.order(accession, control)
                .set("ORC", 3, filler(accession))
                .set("OBR", 3, filler(accession))
                .set("OBR", 4, "");
    }

    private static String filler(String accession) {
        return "FIL-" + accession + "^NORTHRAD^1.2.276.0.76.3.1.99.8^ISO";
    }

    private static String status(String accession, String state) {
        return Awaitility.await("status " + state + " of " + accession)
                .atMost(PATIENCE)
                .until(
                        () -> queues.on(QueueReader.STATUS, accession).stream()
                                .map(Taken::body)
                                .filter(body -> field(body, "ORC", 5).equals(state))
                                .findFirst()
                                .orElse(""),
                        body -> !body.isEmpty());
    }

    private static String field(String er7, String segment, int field) {
        return er7.lines()
                .flatMap(line -> List.of(line.split("\r")).stream())
                .filter(line -> line.startsWith(segment + "|"))
                .map(line -> line.split("\\|", -1))
                .filter(fields -> fields.length > field)
                .map(fields -> fields[field])
                .findFirst()
                .orElse("");
    }
}
