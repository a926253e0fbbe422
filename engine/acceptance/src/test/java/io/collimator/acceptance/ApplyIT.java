package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.CommandLine.Said;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyst's day: the mapping of a running engine is changed, compared, applied and rolled back. */
class ApplyIT {

    private static final String SENDERS = "mapping/senders.yaml";
    private static final String PROCEDURES = "mapping/tables/procedures.csv";
    private static final String STATIONS = "mapping/tables/stations.csv";
    private static final String MODALITIES = "mapping/tables/modalities.csv";

    @TempDir
    private Path folder;

    private TestHome home;
    private EngineUnderTest engine;
    private CommandLine analyst;
    private Path site;

    @BeforeEach
    void start() throws IOException {
        home = TestHome.create(folder).withStation("CT", "CT1");
        engine = EngineUnderTest.start(home);
        analyst = new CommandLine(engine, home);
        site = folder.resolve("site");
        copy(home.root().resolve("mapping"), site.resolve("mapping"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private void append(String file, String lines) throws IOException {
        Files.writeString(site.resolve(file), Files.readString(site.resolve(file)) + lines);
    }

    /** An order of another RIS, with the accession number where that one has it. */
    private static String southOrder(String accession) {
        return Messages.order("S" + accession)
                .replace("|NORTHRIS|NORTH GENERAL|", "|SOUTHRIS|SOUTH|")
                .replace("CTABD^CT ABDOMEN^99NORTH", "SOUTHHEAD^HEAD^99SOUTH")
                .replace("|RPS" + accession + "|", "|" + accession + "|");
    }

    private String station(String accession) {
        return engine.api()
                .accession(accession)
                .path("steps")
                .get(0)
                .path("stationAeTitle")
                .asText();
    }

    @Test
    void a_sender_a_procedure_and_another_source_of_the_accession_are_added_seen_applied_and_rolled_back()
            throws IOException {
        // given an order that nobody has made rules for
        assertThat(engine.send(southOrder("A1")).code()).isEqualTo("AA");
        assertThat(station("SA1")).isEqualTo("CT1");

        // when the analyst adds the sender, its accession field and a procedure code, in a copy
        append(SENDERS, """
                  SOUTH-RIS:
                    description: RIS of the south site
                    match: {application: SOUTHRIS}
                    accession-from: [OBR-19]
                """);
        String header = Files.readString(site.resolve(PROCEDURES))
                .lines()
                .filter(line -> line.startsWith("code,"))
                .findFirst()
                .orElseThrow();
        append(PROCEDURES, "SOUTHHEAD,,CT,CT9" + ",".repeat(header.split(",", -1).length - 4) + "\n");

        // then the comparison with what was received shows both
        Said compared = analyst.run("map", "--against", site.toString(), "--last", "10");
        assertThat(compared.exitCode()).isZero();
        assertThat(compared.out()).contains("AccessionNumber", "- SA1", "+ A1", "joins the worklist of CT9", "leaves");
        assertThat(compared.out()).contains("1 message: 0 the same, 1 different");

        // and so does a dry run, which changes nothing
        Said tried = analyst.run("apply", "--from", site.toString(), "--dry-run");
        assertThat(tried.exitCode()).isZero();
        assertThat(tried.out()).contains("+    accession-from: [OBR-19]", "Dry run", "version 1 runs on");

        // when it is applied
        Said applied = analyst.run("apply", "--from", site.toString(), "--comment", "South goes live");
        assertThat(applied.exitCode()).isZero();
        assertThat(applied.out()).contains("Version 2 runs.");

        // then the next order is read by it, the home holds it, and again is no change
        assertThat(engine.send(southOrder("A2")).code()).isEqualTo("AA");
        assertThat(station("A2")).isEqualTo("CT9");
        assertThat(home.read(SENDERS)).contains("SOUTH-RIS");
        assertThat(analyst.run("apply").out()).contains("No change: version 2 runs already.");

        // and the history tells who, why and what
        assertThat(analyst.run("history").out())
                .contains("*    2 ", "by admin  South goes live", "M senders.yaml", "M tables/procedures.csv");
        assertThat(analyst.run("history", "2").out()).contains("+++ b/senders.yaml", "+  SOUTH-RIS:");

        // when it is rolled back
        Said rolledBack = analyst.run("rollback");

        // then everything is as before, as a version of its own
        assertThat(rolledBack.out())
                .contains("-  SOUTH-RIS:", "Version 3 runs.", "steps that are stored stay on their lists")
                .doesNotContain("leave");
        assertThat(engine.send(southOrder("A3")).code()).isEqualTo("AA");
        assertThat(station("SA3")).isEqualTo("CT1");
        assertThat(home.read(SENDERS)).doesNotContain("SOUTH-RIS");
        assertThat(analyst.run("history").out()).contains("rollback to 1");
    }

    @Test
    void what_the_engine_would_refuse_is_foreseen_and_explained() throws IOException {
        // given an order without modality, and a row for its procedure that the running mapping lacks
        Path file = folder.resolve("order.hl7");
        Files.writeString(file, Messages.order("FORE1").replace("||||CT|||", "|||||||"));
        append(PROCEDURES, "CTABD,,CT" + ",".repeat(9) + "\n");

        // when map, a comparison and the engine are asked
        Said mapped = analyst.offline("map", file.toString());
        Said compared = analyst.offline("map", "--against", site.toString(), file.toString());
        Said sent = send(file);
        Said raw = send(file, "--raw");

        // then all say the same
        assertThat(mapped.exitCode()).isEqualTo(1);
        assertThat(mapped.err())
                .contains("OBR-24 brings no modality", "procedures.csv has no row for the code \"CTABD\"");
        assertThat(compared.out())
                .contains("taken, was refused: AE 101 at OBR-24", "1 newly accepted, 0 newly refused");
        assertThat(sent.exitCode()).isEqualTo(1);
        assertThat(sent.out()).contains("101 at OBR-24");
        assertThat(raw.out()).contains("  MSH|", "  MSA|AE|", "  ERR|");

        // and the other way round, before a rollback
        assertThat(analyst.run("apply", "--from", site.toString()).out()).contains("2 newly accepted");
        assertThat(send(file).exitCode()).isZero();
        assertThat(analyst.run("rollback", "--dry-run").out()).contains("refused: AE 101 at OBR-24", " newly refused");
    }

    private Said send(Path file, String... options) {
        List<String> words = new ArrayList<>(List.of("send", file.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("--to", "127.0.0.1:" + engine.engine().mllp().getPort()));
        return analyst.offline(words.toArray(String[]::new));
    }

    @Test
    void the_accession_that_a_refused_message_names_tells_of_it() {
        String order = Messages.order("TOLD1");
        assertThat(engine.send(order).code()).isEqualTo("AA");

        assertThat(engine.send(order.replace("PID-TOLD1", "PID-OTHER")).code()).isEqualTo("AE");

        assertThat(engine.api().exceptions().get(0).path("accessionNumber").asText())
                .isEqualTo("TOLD1");
        assertThat(analyst.run("trace", "TOLD1").out()).contains("answered AE 205");
    }

    @Test
    void a_broken_set_changes_nothing_and_says_where_and_how_to_mend_it() throws IOException {
        append(STATIONS, "MR\n");
        Files.writeString(
                site.resolve(SENDERS), Files.readString(site.resolve(SENDERS)) + "  X:\n    strictnes: strict\n");

        Said refused = analyst.run("apply", "--from", site.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .containsPattern("error: mapping/tables/stations\\.csv:\\d+: ")
                .containsPattern("error: mapping/senders\\.yaml:\\d+: .*strictnes")
                .contains("nothing was changed", "version 1 runs on");
        assertThat(home.read(STATIONS)).isEqualTo("from,to\nCT,CT1\n");
        assertThat(engine.send(Messages.order("STILL")).code()).isEqualTo("AA");
        assertThat(analyst.run("history").out()).doesNotContain("   2 ");
    }

    @Test
    void while_orders_flow_each_is_read_by_one_mapping_as_a_whole() throws Exception {
        // given two mappings that differ in two tables
        String modalities = home.read(MODALITIES);
        Path first = site;
        write(first, MODALITIES, modalities + "QQ,CT\n");
        write(first, STATIONS, "from,to\nCT,CTA\n");
        Path second = folder.resolve("second");
        copy(site.resolve("mapping"), second.resolve("mapping"));
        write(second, MODALITIES, modalities + "QQ,MR\n");
        write(second, STATIONS, "from,to\nMR,MRB\n");
        assertThat(analyst.run("apply", "--from", first.toString()).exitCode()).isZero();

        // when orders flow while one takes the place of the other
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        List<String> accessions = new ArrayList<>();
        try {
            Future<List<String>> sent = threads.submit(() -> {
                List<String> taken = new ArrayList<>();
                while (!stop.get()) {
                    String accession = "F" + taken.size();
                    String order = Messages.order(accession).replace("||||CT|||", "||||QQ|||");
                    assertThat(engine.send(order).code()).isEqualTo("AA");
                    taken.add(accession);
                }
                return taken;
            });
            for (Path next : List.of(second, first, second, first)) {
                assertThat(analyst.run("apply", "--from", next.toString()).exitCode())
                        .isZero();
            }
            stop.set(true);
            accessions.addAll(sent.get(60, TimeUnit.SECONDS));
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }

        // then none is a mixture
        assertThat(accessions).isNotEmpty().allSatisfy(accession -> {
            JsonNode step = engine.api().accession(accession).path("steps").get(0);
            assertThat(step.path("modality").asText() + " at "
                            + step.path("stationAeTitle").asText())
                    .isIn("CT at CTA", "MR at MRB");
        });
    }

    private static void write(Path place, String file, String text) throws IOException {
        Files.writeString(place.resolve(file), text);
    }

    @Test
    void a_person_gives_a_step_its_station() throws IOException {
        engine.send(Messages.order("HAND1").replace("||||CT|||", "||||MR|||"));
        assertThat(station("HAND1")).isIn("", "null");

        Said refused = analyst.run("assign", "HAND1", "MR7");
        Said said = analyst.run("assign", "HAND1", "MR7", "--anyway");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("MR7 is not registered for the worklist")
                .contains("--anyway");
        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(station("HAND1")).isEqualTo("MR7");
        assertThat(analyst.run("trace", "HAND1").out()).contains("assigned to MR7 by admin");
        assertThat(analyst.run("assign", "NOBODY", "MR7", "--anyway").exitCode())
                .isEqualTo(1);
    }

    @Test
    void map_shows_where_each_value_comes_from_and_why_others_are_missing() throws IOException {
        Path message = folder.resolve("order.hl7");
        Files.writeString(message, Messages.ctHead());

        Said said = analyst.offline("map", message.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("ORM^O01 · sender profile default", "order control NW")
                .containsPattern("AccessionNumber +ACC240012 +OBR-18 by accession")
                .contains("mapping/definitions/orders-to-worklist.yaml:", "row mapping/tables/stations.csv:2")
                .contains("empty: ");
    }

    @Test
    void check_runs_golden_cases_and_templates_and_counts_what_the_cases_leave_untried() throws IOException {
        Path cases = home.root().resolve("mapping/cases/head");
        Files.createDirectories(cases);
        Files.writeString(cases.resolve("message.hl7"), Messages.ctHead());

        // without an expected result it fails and says how to take it over
        Said failed = analyst.offline("check");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("mapping/cases/head/expected.json", "--update-case head");

        assertThat(failed.out()).contains("map --home " + home.root());
        Path another = Files.createDirectories(home.root().resolve("mapping/cases/another"));
        Files.writeString(another.resolve("message.hl7"), Messages.order("CASE1"));

        assertThat(analyst.offline("map", "--update-case", "head", "another").exitCode())
                .isZero();
        assertThat(analyst.offline("map", "--update-failed").out()).contains("No golden case fails.");
        Said passed = analyst.offline("check");

        assertThat(passed.out()).contains("Coverage", "2 golden cases,");
        assertThat(passed.exitCode()).isZero();
        assertThat(analyst.offline("check", "--coverage").out()).contains("Stations that are no application entity");

        String template = "mapping/templates/status-orm-2.3.1.hl7";
        home.write(template, home.read(template).replace("|{OBR-4}|", "||"));
        Said unsendable = analyst.offline("check");

        assertThat(unsendable.exitCode()).isEqualTo(1);
        assertThat(unsendable.out())
                .contains(template + ":12: OBR-4", "every status would go to the dead letters", "1 error.")
                .doesNotContain("--update-case");
    }
}
