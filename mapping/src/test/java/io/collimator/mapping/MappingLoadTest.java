package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingLoadTest {

    private static final String HEAD = """
            definition: test
            messages: [ORM^O01]
            else: omit
            rules:
            """;
    private static final String GOOD = """
              - id: patient-id
                target: PatientID
                from: PID-3
                convert: key
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(folder.resolve("definitions"));
        Files.createDirectories(folder.resolve("tables"));
    }

    @Test
    void the_shipped_definitions_are_for_orders_patients_and_appointments() {
        assertThat(Samples.shipped().kinds())
                .hasSize(28)
                .contains("ORM^O01", "OMG^O19", "OMI^O23", "ADT^A08", "ADT^A40", "ADT^A47", "SIU^S12", "SIU^S26");
        assertThat(Samples.shipped().warnings()).isEmpty();
    }

    @Test
    void a_good_definition_loads() throws IOException {
        assertThat(problems(HEAD + GOOD)).isEmpty();
    }

    @Test
    void every_problem_is_named_with_file_line_field_value_and_fix() throws IOException {
        Files.writeString(folder.resolve("tables/stations.csv"), "from,to\nCT,THIS_TITLE_IS_TOO_LONG\n");

        List<String> problems = problems(HEAD + """
                  - id: a
                    target: PatientsID
                    from: PID-3
                    convert: key
                  - id: b
                    target: AccessionNumber
                    from: [OBR-18, OBR18]
                    convert: key
                  - id: c
                    target: PatientName
                    from: PID-5
                    convert: text
                  - id: d
                    target: ScheduledProcedureStepSequence.ScheduledStationAETitle
                    from: IPC-9
                    convert: ae-title
                    table: stations
                    not-in-table: omit
                  - id: e
                    target: PatientSex
                    from: PID-8
                    convert: code-string
                    table: sexes
                    not-in-table: keep
                  - id: Not An Id
                    target: PatientID.IssuerOfPatientID
                    from: attribute:Modal
                    converts: text
                """);

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p)
                                .startsWith("mapping/definitions/test.yaml:6: rules[1].target is \"PatientsID\""),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:11: rules[2].from is \"OBR18\""),
                        p -> assertThat(p)
                                .startsWith("mapping/definitions/test.yaml:16: rules[3].convert is \"text\"")
                                .contains("PN: name-xpn, name-xcn, name-cnn"),
                        p -> assertThat(p)
                                .startsWith("mapping/tables/stations.csv:2: to is \"THIS_TITLE_IS_TOO_LONG\""),
                        p -> assertThat(p)
                                .startsWith("mapping/definitions/test.yaml:27: rules[5].table is \"sexes\"")
                                .contains("known: stations"),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:29: rules[6].id is \"Not An Id\""),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:30: rules[6].target"),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:31: rules[6].from"),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:32: rules[6] is \"converts\""),
                        p -> assertThat(p).startsWith("mapping/definitions/test.yaml:29: rules[6].convert is \"\""));
    }

    @Test
    void two_rules_may_not_share_an_id_or_make_the_same_attribute() throws IOException {
        List<String> problems = problems(HEAD + GOOD + GOOD + GOOD.replace("id: patient-id", "id: other"));

        assertThat(problems)
                .satisfiesExactly(
                        p -> assertThat(p)
                                .contains("test.yaml:9: id is \"patient-id\"")
                                .contains("line 5"),
                        p -> assertThat(p).contains("test.yaml:13: target is \"PatientID\""));
    }

    @Test
    void a_table_wants_a_word_on_what_it_does_not_have() throws IOException {
        Files.writeString(folder.resolve("tables/sex.csv"), "from,to\nM,M\n");

        assertThat(problems(HEAD + """
                          - id: sex
                            target: PatientSex
                            from: PID-8
                            convert: code-string
                            table: sex
                        """))
                .singleElement()
                .asString()
                .contains("rules[1].not-in-table", "keep, omit, empty or fail");
    }

    @Test
    void bad_rows_of_a_table_are_named_by_line() throws IOException {
        Files.writeString(folder.resolve("tables/x.csv"), "# remark\nfrom,to\nA,1\nB\na,2\n,3\n\"C,D\",4\n\"open,5\n");

        assertThat(problems(HEAD + GOOD))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("mapping/tables/x.csv:4: row is \"B\""),
                        p -> assertThat(p).startsWith("mapping/tables/x.csv:5: from is \"a\""),
                        p -> assertThat(p).startsWith("mapping/tables/x.csv:6: from is \"\""),
                        p -> assertThat(p).startsWith("mapping/tables/x.csv:8: row is"));
    }

    @Test
    void a_table_without_header_and_one_that_is_no_utf_8_are_named() throws IOException {
        Files.writeString(folder.resolve("tables/a.csv"), "CT,CT1\n");

        assertThat(problems(HEAD + GOOD))
                .singleElement()
                .asString()
                .startsWith("mapping/tables/a.csv:1: header is \"CT,CT1\"");

        Files.write(folder.resolve("tables/b.csv"), "from,to\nK,KÖ\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(HEAD + GOOD))
                .satisfiesExactly(
                        bytes -> assertThat(bytes)
                                .startsWith("mapping/tables/b.csv:2: text is")
                                .contains("Latin-1", "UTF-8"),
                        header -> assertThat(header).startsWith("mapping/tables/a.csv:1: header is"));
    }

    @Test
    void what_is_no_yaml_is_named_by_line() throws IOException {
        assertThat(problems("definition: x\nrules: [\n"))
                .singleElement()
                .asString()
                .contains("test.yaml:3: YAML");
        assertThat(problems("")).singleElement().asString().contains("empty");
        assertThat(problems("just text")).isNotEmpty();
        assertThat(problems("a: &x [*x]")).isNotEmpty();
    }

    @Test
    void unknown_words_and_wrong_messages_are_named() throws IOException {
        assertThat(problems("""
                        definition: x
                        messages: [ORM-O01, ORM^O01, ORM^O01]
                        else: maybe
                        rulez: []
                        """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains(":4:  is \"rulez\""),
                        p -> assertThat(p).contains(":2: messages is \"ORM-O01\""),
                        p -> assertThat(p)
                                .contains(":2: messages is \"ORM^O01\"")
                                .contains("twice"),
                        p -> assertThat(p).contains(":3: else is \"maybe\""),
                        p -> assertThat(p).contains("rules is \"\""));
    }

    @Test
    void two_definitions_for_one_message_and_missing_folders_are_named() throws IOException {
        Files.writeString(folder.resolve("definitions/other.yaml"), HEAD.replace("test", "other") + GOOD);

        assertThat(problems(HEAD + GOOD))
                .singleElement()
                .asString()
                .contains("definitions/other.yaml is for it already");
        assertThat(problemsOf(folder.resolve("nowhere"))).hasSize(2);
    }

    @Test
    void a_constant_must_fit_its_attribute() throws IOException {
        assertThat(problems(HEAD + GOOD + "    else: constant " + "x".repeat(65) + "\n"))
                .singleElement()
                .asString()
                .contains("test.yaml:9: rules[1].else");
    }

    private List<String> problems(String definition) throws IOException {
        Files.writeString(folder.resolve("definitions/test.yaml"), definition);
        return problemsOf(folder);
    }

    private static List<String> problemsOf(Path folder) {
        MappingException thrown =
                catchThrowableOfType(MappingException.class, () -> MappingSet.load(folder, Samples.OSLO));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(MappingProblem::toString).toList();
    }
}
