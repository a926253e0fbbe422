package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that a spreadsheet or a slip has spoilt: named as what it is, once, beside everything else that is wrong. */
class TellingFilesTest {

    private static final String DEFINITION = """
            definition: orders
            messages: [ORM^O01]
            else: omit
            rules:
              - id: accession-number
                target: AccessionNumber
                from: OBR-18
                convert: text
              - id: modality
                target: ScheduledProcedureStepSequence.Modality
                from: OBR-24
                table: rooms
                not-in-table: omit
              - id: station
                target: ScheduledProcedureStepSequence.ScheduledStationAETitle
                from: OBR-24
                table: rooms
                column: to
                not-in-table: omit
            """;

    @TempDir
    private Path folder;

    private static List<MappingProblem> problems(Map<String, String> files) {
        Map<String, String> all = new TreeMap<>(Map.of("definitions/orders.yaml", DEFINITION));
        all.putAll(files);
        MappingException broken = catchThrowableOfType(
                MappingException.class,
                () -> MappingSet.of(MappingFiles.of(all), MappingSettings.of(java.time.ZoneOffset.UTC)));
        return broken == null ? List.of() : broken.problems();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from;to\nCT;CT1\n", "\uFEFF# from a spreadsheet\nfrom;to\n\"CT;A\";CT1\n", "from\tto\nCT\tCT1\n"
            })
    void columns_that_no_comma_parts_are_named_with_their_line_and_nothing_follows(String table) {
        int line = table.contains("#") ? 2 : 1;

        assertThat(problems(Map.of("tables/rooms.csv", table))).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("mapping/tables/rooms.csv");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.fix()).contains(table.contains("\t") ? "tabs" : "semicolons", "write commas");
        });
    }

    @Test
    void rows_are_judged_all_the_same() {
        assertThat(problems(Map.of("tables/rooms.csv", "from;to\nCT;CT1\nCT;CT2\n")))
                .extracting(MappingProblem::line)
                .containsExactly(1, 3);
    }

    @Test
    void one_row_with_semicolons_is_named() {
        assertThat(problems(Map.of("tables/rooms.csv", "from,to\nCT;CT1\n")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.fix()).contains("semicolons");
                });
    }

    @ParameterizedTest
    @CsvSource({"tables/authorities.csv", "tables/order-control.csv"})
    void tables_with_columns_of_their_own_are_no_exception(String file) {
        String header = file.contains("authorities")
                ? "authority;namespace;universal-id;type;sender\n"
                : "control;status;action;step-status;accepted-reply;refused-reply\n";

        assertThat(problems(Map.of("tables/rooms.csv", "from,to\nCT,CT1\n", file, header)))
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem.fix()).contains("semicolons"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"From Room,To\nCT,CT1\n", "from\nCT\n", "from,from\nCT,CT1\n", ""})
    void a_broken_header_brings_no_follow_up_findings(String table) {
        assertThat(problems(Map.of("tables/rooms.csv", table)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("header"));
    }

    @Test
    void nor_does_a_definition_that_is_no_yaml() {
        Map<String, String> files = Map.of(
                "tables/rooms.csv", "from,to\nCT,CT1\n",
                "definitions/orders.yaml", "definition: [\n",
                "definitions/site.yaml", "changes: orders\nrules:\n  - {id: accession-number, remove: true}\n");

        assertThat(problems(files))
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).isEqualTo("mapping/definitions/orders.yaml"));
    }

    @Test
    void latin_1_is_named_with_its_line_beside_everything_else() throws IOException {
        write(
                "definitions/orders.yaml",
                DEFINITION.replace("AccessionNumber", "AcessionNumber"),
                StandardCharsets.UTF_8);
        write("tables/rooms.csv", "from,to\n# Röntgen\nCT,CT1\n", StandardCharsets.ISO_8859_1);
        write("tables/others.csv", "from;to\na;b\n", StandardCharsets.UTF_8);

        MappingException broken = catchThrowableOfType(MappingException.class, () -> MappingFiles.read(folder));

        assertThat(broken.problems())
                .extracting(problem -> problem.file() + ":" + problem.line())
                .containsExactlyInAnyOrder(
                        "mapping/tables/rooms.csv:2",
                        "mapping/tables/others.csv:1",
                        "mapping/definitions/orders.yaml:6");
        assertThat(broken.problems())
                .anySatisfy(problem ->
                        assertThat(problem.toString()).contains("F6H", "\"ö\"", "Latin-1", "Save the file as UTF-8"));
    }

    @Test
    void utf_16_is_named_too() throws IOException {
        write("definitions/orders.yaml", DEFINITION, StandardCharsets.UTF_8);
        write("tables/rooms.csv", "from,to\nCT,CT1\n", StandardCharsets.UTF_16);

        MappingException broken = catchThrowableOfType(MappingException.class, () -> MappingFiles.read(folder));

        assertThat(broken.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.found()).contains("UTF-16"));
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(charset));
    }

    @Test
    void a_rule_that_is_not_there_to_remove_is_missed_in_a_definition_by_name() {
        Map<String, String> files = Map.of(
                "tables/rooms.csv", "from,to\nCT,CT1\n",
                "definitions/adt.yaml",
                        "definition: patients\nmessages: [ADT^A08]\nelse: omit\nrules:\n  - {id: patient-name, target: PatientName, from: PID-5, convert: person-name}\n",
                "definitions/site.yaml",
                        "changes: [orders, patients]\nrules:\n  - {id: acession-number, remove: true}\n  - {id: x, target: PatientComments, from: NTE-3, convert: text, after: modalty}\n");

        assertThat(problems(files))
                .extracting(MappingProblem::fix)
                .anySatisfy(fix -> assertThat(fix).contains("definition orders", "Did you mean accession-number?"))
                .anySatisfy(fix -> assertThat(fix).contains("definition patients"))
                .anySatisfy(fix -> assertThat(fix).contains("definition orders", "Did you mean modality?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: AccessionNumber | target: AcessionNumber                                | Did you mean AccessionNumber?",
                "Sequence.Modality       | Sequence.Modalty                                      | Did you mean Modality?",
                "target: AccessionNumber | target: accessionnumber                               | Did you mean AccessionNumber?",
                "from: OBR-18            | from: [OBR-18, attribute:PatientsName]                | Did you mean PatientName?",
                "convert: text           | conver: text                                          | Did you mean convert?",
                "table: rooms            | table: room                                           | Did you mean rooms?"
            })
    void what_is_misspelt_is_told_with_what_was_meant(String right, String wrong, String meant) {
        String definition = DEFINITION.replace(right, wrong);
        assertThat(definition).isNotEqualTo(DEFINITION);

        assertThat(problems(Map.of("tables/rooms.csv", "from,to\nCT,CT1\n", "definitions/orders.yaml", definition)))
                .anySatisfy(problem -> assertThat(problem.fix()).contains(meant));
    }
}
