package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each value comes from, and why others are not there. */
class ProvenanceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PatientName; patient-name; PID-5; DOE^JOHN; name-xpn; ''; DOE^JOHN",
                "AccessionNumber; accession-number; OBR-18; ACC1; key; ''; ACC1",
                "RequestedProcedurePriority; priority; TQ1-9; S^Stat; ''; mapping/tables/priorities.csv:3; STAT",
                "ScheduledProcedureStepSequence.Modality; modality; OBR-24; mg; code-string; ''; MG",
                "Allergies; allergies; AL1-3, AL1[2]-3; ^Dust~^Mites; code-values; ''; Dust\\Mites",
                "InstitutionName; institution-by-sender; MSH-4; SITE; text; ''; SITE",
                "PatientBirthDate; birth-date; PID-7; '\"\"'; date; ''; ''",
                "ResponsiblePersonRole; responsible-person-role; constant; ''; ''; ''; OWNER"
            })
    void each_value_says_rule_source_raw_value_converter_and_row(
            String keyword, String rule, String source, String raw, String converter, String row, String value) {
        Explanation why = step().explanations().stream()
                .filter(line -> line.keyword().equals(keyword.strip()))
                .findFirst()
                .orElseThrow();

        assertThat(why.ruleId()).isEqualTo(rule);
        assertThat(why.source()).isEqualTo(source);
        assertThat(why.raw()).isEqualTo(raw);
        assertThat(why.converter()).isEqualTo(converter);
        assertThat(why.tableRow()).isEqualTo(row);
        assertThat(why.value()).isEqualTo(value);
        assertThat(why.layer()).isEqualTo(Layer.BASE);
        assertThat(why.file()).startsWith("mapping/definitions/");
        assertThat(why.line()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "StudyInstanceUID; SOURCE_EMPTY; study-instance-uid; not sent: IPC-3.1, ZDS-1.1; the engine fills it",
                "PatientBirthDate; CLEARED; birth-date; the message deletes it",
                "PatientWeight; UNREADABLE; patient-weight; see warnings",
                "ScheduledProcedureStepSequence.ScheduledStationAETitle; NOT_IN_TABLE; station-by-modality; mapping/tables/stations.csv",
                "PatientTransportArrangements; SOURCE_EMPTY; transport; OBR-30",
                "ReportingPriority; NO_RULE; ''; no rule makes it",
                "ReferencedStudySequence; BY_ENGINE; ''; the engine fills it"
            })
    void a_key_without_value_says_why(String keyword, EmptyKey.Reason reason, String rule, String text) {
        EmptyKey empty = step().provenance().emptyKeys().stream()
                .filter(key -> key.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();

        assertThat(empty.reason()).isEqualTo(reason);
        assertThat(empty.ruleId()).isEqualTo(rule);
        assertThat(empty.text()).contains(text);
    }

    @Test
    void a_condition_that_does_not_hold_is_named() {
        MappedStep step = Samples.map(Samples.shipped(), message(MSH, PID, "ORC|NW|O1"))
                .steps()
                .get(0);

        assertThat(step.provenance().emptyKeys())
                .filteredOn(key -> key.keyword().equals("ResponsiblePerson"))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.reason()).isEqualTo(EmptyKey.Reason.CONDITION_FALSE);
                    assertThat(key.text()).contains("PID-35 is present");
                });
    }

    @Test
    void every_key_of_the_worklist_is_made_or_explained() {
        MappedStep step = step();
        Set<String> made = step.explanations().stream()
                .filter(line -> !line.value().isEmpty())
                .map(Explanation::keyword)
                .collect(Collectors.toSet());
        List<String> empty =
                step.provenance().emptyKeys().stream().map(EmptyKey::keyword).toList();

        assertThat(empty).doesNotHaveDuplicates().doesNotContainAnyElementsOf(made);
        assertThat(WorklistKeys.ALL).allMatch(key -> made.contains(key) || empty.contains(key));
    }

    @Test
    void nothing_prints_what_may_be_patient_data() {
        MappedStep step = step();

        assertThat(List.of(
                        step.toString(),
                        step.provenance().toString(),
                        step.explanations().toString(),
                        step.provenance().emptyKeys().toString()))
                .noneMatch(text -> text.contains("DOE") || text.contains("P1") || text.contains("Dust"));
    }

    @Test
    void the_keys_without_any_rule_are_those_that_hl7_has_no_field_for() {
        Function<EmptyKey, String> keyword = EmptyKey::keyword;

        assertThat(step().provenance().emptyKeys())
                .filteredOn(key -> key.reason() == EmptyKey.Reason.NO_RULE)
                .extracting(keyword)
                .containsExactlyInAnyOrder(
                        "StudyDate",
                        "StudyTime",
                        "ReportingPriority",
                        "VisitStatusID",
                        "PatientInstitutionResidence",
                        "PatientBirthName");
    }

    private static MappedStep step() {
        return Samples.map(
                        Samples.shipped(),
                        message(
                                MSH,
                                PID + "||\"\"|" + "|".repeat(27) + "DOG",
                                "NK1|1|OWNER^OLGA",
                                "AL1|1||^Dust",
                                "AL1|2||^Mites",
                                "ORC|NW|O1",
                                "TQ1|1||||||||S^Stat",
                                obr(18, "ACC1", 24, "mg"),
                                "OBX|1|NM|29463-7||heavy|kg"))
                .steps()
                .get(0);
    }
}
