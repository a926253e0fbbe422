package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with several columns, and where a step is done. */
class WideTablesTest {

    private static final String PROCEDURES = """
            code,scheme,modality,station,station-name,location,protocol-code,protocol-scheme,protocol-meaning,duration,premedication,contrast
            A,,CT,CT1,,,,,,15,,
            A,L,MR,MR1\\MR2,,,P-1,99P,"Protocol, one",90,Beta blocker,Gadolinium
            B,,US,,,,,,,,,
            """;

    @Test
    void a_row_for_the_scheme_of_the_code_goes_before_one_for_any() {
        DataSet local = scheduled(obr(4, "A^Text^L"), "20261122233000");
        DataSet other = scheduled(obr(4, "a^Text^99X"), "20261122233000");

        assertThat(local.text(Tags.Modality)).isEqualTo("MR");
        assertThat(local.texts(Tags.ScheduledStationAETitle)).containsExactly("MR1", "MR2");
        assertThat(local.item(Tags.ScheduledProtocolCodeSequence).text(Tags.CodeMeaning))
                .isEqualTo("Protocol, one");
        assertThat(local.text(Tags.PreMedication)).isEqualTo("Beta blocker");
        assertThat(local.text(Tags.RequestedContrastAgent)).isEqualTo("Gadolinium");
        assertThat(local.text(Tags.ScheduledProcedureStepEndDate)).isEqualTo("20261123");
        assertThat(local.text(Tags.ScheduledProcedureStepEndTime)).isEqualTo("010000");
        assertThat(other.text(Tags.Modality)).isEqualTo("CT");
        assertThat(other.text(Tags.ScheduledProcedureStepEndTime)).isEqualTo("234500");
        assertThat(other.contains(Tags.ScheduledProtocolCodeSequence)).isFalse();
    }

    @Test
    void a_cell_that_is_hardly_meant_is_a_warning_and_a_wrong_one_an_error_that_is_told_once() {
        MappingFiles shipped = Samples.shipped().files();
        String table = "tables/procedures.csv";
        String rows = shipped.text(table).orElseThrow();
        MappingSet odd =
                MappingSet.of(shipped.with(table, rows + "ODD,,CTX,NOBODY,,,,,Meaning alone,,,\n"), Samples.OSLO);

        assertThat(odd.warnings())
                .extracting(MappingProblem::field, MappingProblem::found)
                .containsExactlyInAnyOrder(tuple("modality", "CTX"), tuple("protocol-meaning", "Meaning alone"));
        assertThat(odd.stationsBeside(Set.of("CT1", "CT2")))
                .extracting(MappingProblem::field, MappingProblem::found)
                .containsExactly(tuple("station", "NOBODY"));
        assertThat(Samples.problems(
                        () -> MappingSet.of(shipped.with(table, rows + "ODD,,CT,,,,,,,long,,\n"), Samples.OSLO)))
                .singleElement()
                .asString()
                .contains("duration is \"long\"");
    }

    @Test
    void an_empty_cell_says_nothing_and_the_next_source_is_asked() {
        DataSet scheduled = scheduled(obr(4, "B"), "20261122");

        assertThat(scheduled.text(Tags.Modality)).isEqualTo("US");
        assertThat(scheduled.contains(Tags.ScheduledProcedureStepEndTime)).isFalse();
        assertThat(scheduled.contains(Tags.ScheduledStationAETitle)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "IPC1; ROOM; ROOM; A; NORTHRIS;  CT-DEP; CT; IPC1; station-ae-title; -",
                "-;    ROOM; -;    A; NORTHRIS;  CT-DEP; CT; D1;   station-by-device; mapping/tables/devices.csv:2",
                "-;    -;    ROOM; A; NORTHRIS;  CT-DEP; CT; D1;   station-by-device; mapping/tables/devices.csv:2",
                "-;    else; else; A; NORTHRIS;  CT-DEP; CT; CT1;  station-by-procedure; mapping/tables/procedures.csv:2",
                "-;    -;    -;    B; NORTHRIS;  CT-DEP; CT; S1;   station-by-sender; -",
                "-;    -;    -;    B; OTHER;     CT-DEP; CT; DEP1; station-by-department; mapping/tables/departments.csv:2",
                "-;    -;    -;    B; OTHER;     -;      CT; M1;   station-by-modality; mapping/tables/stations.csv:2",
                "-;    -;    -;    B; OTHER;     -;      MG; -;    -; -"
            })
    void the_first_source_that_names_a_station_wins_and_says_so(
            String ipc9,
            String orc18,
            String obr21,
            String procedure,
            String sender,
            String department,
            String modality,
            String station,
            String rule,
            String row) {
        MappingSet mapping = stations();
        String order = "ORC|NW|O1|||||||||||||||%s|%s".formatted(text(department), text(orc18));
        MappedStep step = Samples.map(
                        mapping,
                        message(
                                MSH.replace("|RIS|", "|" + sender + "|"),
                                PID,
                                order,
                                obr(4, procedure, 21, text(obr21), 24, modality),
                                "IPC|||||||||" + text(ipc9)))
                .steps()
                .get(0);

        assertThat(step.complete().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledStationAETitle))
                .isEqualTo(text(station));
        List<Explanation> why = step.explanations().stream()
                .filter(line -> line.keyword().endsWith("ScheduledStationAETitle"))
                .toList();
        assertThat(why).hasSize(station == null ? 0 : 1).allSatisfy(line -> {
            assertThat(line.ruleId()).isEqualTo(rule);
            assertThat(line.tableRow()).isEqualTo(text(row));
        });
    }

    @Test
    void cells_that_do_not_fit_and_columns_that_are_not_there_are_named() {
        List<String> problems = Samples.problems(() -> Samples.set(
                "tables/t.csv",
                "code,modality,station,duration\nA,mr,TITLE OF A STATION,soon\nB,MR,A1+,5\n",
                "definitions/x.yaml",
                """
                definition: x
                messages: ORM^O01
                else: omit
                rules:
                  - {id: a, target: Modality, from: OBR-4, table: t, column: modality, not-in-table: omit}
                  - {id: b, target: ScheduledStationAETitle, from: OBR-4, table: t, column: station, not-in-table: omit}
                  - {id: c, target: ScheduledProcedureStepEndTime, from: OBR-4, table: t, column: duration, not-in-table: omit}
                  - {id: d, target: StudyID, from: OBR-4, table: t, column: study, not-in-table: omit}
                  - {id: e, target: StudyID, from: OBR-4, table: t, not-in-table: omit}
                  - {id: f, target: ScheduledProtocolCodeSequence, from: OBR-4, table: t, column: protocol, not-in-table: omit}
                  - {id: g, target: StudyID, from: OBR-4, column: protocol, convert: key}
                """));

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("tables/t.csv:2: modality is \"mr\""),
                        p -> assertThat(p).contains("tables/t.csv:2: station is \"TITLE OF A STATION\""),
                        p -> assertThat(p).contains("tables/t.csv:2: duration is \"soon\""),
                        p -> assertThat(p).contains("x.yaml:8: rules[4].column is \"study\"", "modality, station"),
                        p -> assertThat(p).contains("x.yaml:9: rules[5].column is \"\""),
                        p -> assertThat(p).contains("x.yaml:10: rules[6].column is \"protocol\"", "X-code"),
                        p -> assertThat(p).contains("x.yaml:11: rules[7].column", "no table"));
    }

    @Test
    void a_code_in_two_rows_is_named_unless_the_schemes_differ() {
        assertThat(Samples.problems(() -> Samples.shippedWith(
                        "tables/procedures.csv", PROCEDURES + "a,l,CT,,,,,,,,,\nB,X,CT,,,,,,,,,\n")))
                .singleElement()
                .asString()
                .contains("procedures.csv:5: code is \"a\"", "Line 3");
    }

    private static MappingSet stations() {
        MappingFiles files = Samples.shipped()
                .files()
                .with("tables/procedures.csv", PROCEDURES)
                .with("tables/devices.csv", "device,station\nROOM,D1\n")
                .with("tables/departments.csv", "department,station\nCT-DEP,DEP1\n")
                .with("tables/stations.csv", "from,to\nCT,M1\n")
                .with("senders.yaml", "senders:\n  north: {match: {application: NORTHRIS}, station: S1}\n");
        return MappingSet.of(files, Samples.OSLO);
    }

    private static DataSet scheduled(String request, String start) {
        return Samples.map(
                        Samples.shippedWith("tables/procedures.csv", PROCEDURES),
                        message(MSH, PID, "ORC|NW|O1|||||^^^" + start, request))
                .steps()
                .get(0)
                .complete()
                .item(Tags.ScheduledProcedureStepSequence);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
