package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ORU^R01: reports on their way through, never backwards. */
class ResultsIT {

    private static final String REPORT = """
            MSH|^~\\&|REPORTS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s150000||ORU^R01|%2$s-%3$s|P|2.3.1
            PID|||PID-%2$s^^^NORTH||TEST^%2$s||19800101|F
            ORC|RE|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD
            OBR|1|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD|CTABD^CT ABDOMEN^99NORTH||||||||||||||%2$s||||%1$s145500||CT|%3$s
            OBX|1|TX|18782-3^Study report^LN||No bleeding.\\.br\\Normal ventricles.||||||%3$s
            """;

    @TempDir
    private static Path folder;

    private static IntakeHouse house;
    private static QueueReader queues;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder);
        queues = house.engine().queues();
    }

    @AfterAll
    static void close() {
        queues.close();
        house.close();
    }

    @Test
    void a_report_goes_on_as_it_came_and_is_on_the_timeline() {
        house.accept(Er7.order("REP1"));

        assertThat(house.send(report("REP1", "F")).verdict()).isEqualTo("AA");

        QueueReader.Taken taken = awaitResults("REP1", 1).get(0);
        assertThat(taken.body()).isEqualTo(report("REP1", "F").toString().replace('\n', '\r'));
        assertThat(taken.eventType()).isEqualTo("result.final");
        assertThat(house.api().accession("REP1").path("timeline").findValuesAsText("kind"))
                .contains("result.received");
        assertThat(house.api().accession("REP1").path("procedureState").asText())
                .isEqualTo("SCHEDULED");
    }

    @Test
    void a_report_with_add_is_read_joined_and_goes_on_as_it_came() {
        house.accept(Er7.order("REP5"));
        String cut = report("REP5", "F")
                .toString()
                .replace("||CT|F\nOBX", "|\nADD||CT|\nADD|F\nOBX")
                .replace("ventricles", "ventr\nADD|icles");

        assertThat(house.send(cut).verdict()).isEqualTo("AA");

        QueueReader.Taken taken = awaitResults("REP5", 1).get(0);
        assertThat(taken.body()).isEqualTo(cut.replace('\n', '\r'));
        assertThat(taken.eventType()).isEqualTo("result.final");
    }

    @Test
    void a_report_of_an_unknown_order_goes_on_too() {
        assertThat(house.send(report("REP2", "F")).verdict()).isEqualTo("AA");

        Awaitility.await("the report of an order that nobody knows")
                .until(() -> queues.all().stream()
                        .anyMatch(taken -> taken.queue().equals(QueueReader.RESULTS)
                                && taken.body().contains("REP2-F")));
        assertThat(house.isKnown("REP2")).isFalse();
    }

    @Test
    void preliminary_final_and_corrected_go_on_in_their_order() {
        house.accept(Er7.order("REP3"));

        house.accept(report("REP3", "P"));
        house.accept(report("REP3", "F"));
        house.accept(report("REP3", "C"));

        assertThat(awaitResults("REP3", 3))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.preliminary", "result.final", "result.corrected");
    }

    @Test
    void a_late_preliminary_report_is_kept_and_goes_nowhere() {
        house.accept(Er7.order("REP4"));
        house.accept(report("REP4", "F"));

        assertThat(house.send(report("REP4", "P")).verdict()).isEqualTo("AA");
        house.accept(report("REP4", "C"));

        assertThat(awaitResults("REP4", 2))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.final", "result.corrected");
        assertThat(house.api().exceptionTypes()).contains("result-out-of-order");
    }

    private static List<QueueReader.Taken> awaitResults(String accession, int count) {
        return Awaitility.await("results of " + accession)
                .until(() -> queues.on(QueueReader.RESULTS, accession), found -> found.size() >= count);
    }

    private static Er7 report(String accession, String status) {
        return Er7.of(REPORT.formatted(Messages.today(), accession, status));
    }
}
