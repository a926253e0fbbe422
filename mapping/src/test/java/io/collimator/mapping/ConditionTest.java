package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final String TABLE =
            "control,status,action,step-status,accepted-reply,refused-reply\nNW,*,NEW,,OK,UA\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OBR-24 is CT;                                  true",
                "OBR-24 is ct;                                  true",
                "OBR-24 is MR;                                  false",
                "OBR-24 is not MR;                              true",
                "not OBR-24 is MR;                              true",
                "not OBR-24 is not MR;                          false",
                "OBR-24 is one of MR, CT;                       true",
                "OBR-24 is one of MR, US;                       false",
                "OBR-24 is not one of MR, US;                   true",
                "OBR-18 is present;                             true",
                "OBR-18 is empty;                               false",
                "OBR-18 is not empty;                           true",
                "OBR-19 is empty;                               true",
                "OBR-19 is not present;                         true",
                "OBR-13 is empty;                               true",
                "OBR-4.2 starts with CT;                        true",
                "OBR-4.2 starts with \"ct head\";               true",
                "OBR-4.2 does not start with CT;                false",
                "OBR-4.2 is \"CT HEAD and NECK\";               true",
                "OBR-24 is CT and OBR-18 is A1;                 true",
                "OBR-24 is CT and OBR-18 is A2;                 false",
                "OBR-4.2 is \"CT HEAD and NECK\" and OBR-24 is CT; true",
                "AL1(*)-3 is LATEX;                             true",
                "OBX(8302-2, BODY HEIGHT)-5 is 170;             true",
                "attribute:AccessionNumber is A1;               true",
                "attribute:AccessionNumber is empty;            false",
                "sender:name is default;                        true",
                "message:type is ORM^O01;                       true",
                "message:event is one of O01, O23;              true"
            })
    void a_condition_means_what_it_says(String condition, boolean holds) {
        MappingSet mapping = set("when: '" + condition.strip() + "'");

        boolean isMade = Samples.map(
                        mapping,
                        message(
                                MSH,
                                PID,
                                "AL1|1||ASPIRIN",
                                "AL1|2||LATEX",
                                "ORC|NW|O1",
                                obr(4, "CTH^CT HEAD and NECK", 13, "\"\"", 18, "A1", 24, "CT"),
                                "OBX|1|NM|8302-2||170|cm"))
                .steps()
                .get(0)
                .attributes()
                .hasValue(Tags.StudyID);

        assertThat(isMade).isEqualTo(holds);
    }

    @Test
    void several_lines_must_all_hold_and_the_first_rule_that_holds_counts() {
        MappingSet mapping = set("when: [OBR-24 is CT, OBR-18 is A1]");

        assertThat(studyId(mapping, obr(18, "A1", 24, "CT"))).isEqualTo("O1");
        assertThat(studyId(mapping, obr(18, "A2", 24, "CT"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OBR-24",
                "OBR-24 is",
                "OBR-24 = CT",
                "OBR24 is CT",
                "OBR-24 is empty CT",
                "OBR-24 is one of CT,,MR",
                "OBR-24 is CT or OBR-24 is",
                "attribute:Nothing is X",
                "sender:age is 3",
                "and",
                "OBR-24 is CT and",
                "(OBR-24 is CT)"
            })
    void what_cannot_be_read_aloud_is_named(String condition) {
        assertThat(Samples.problems(() -> set("when: '" + condition + "'")))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("x.yaml:9: rules[2].when"));
    }

    @Test
    void conditions_are_bounded() {
        assertThat(Samples.problems(() -> set("when: OBR-1 is 1" + " and OBR-1 is 1".repeat(10))))
                .singleElement()
                .asString()
                .contains("at most 10");
        assertThat(Samples.problems(() -> set("when: OBR-1 is " + "x".repeat(3_000))))
                .hasSize(1);
    }

    private static String studyId(MappingSet mapping, String request) {
        return Samples.map(mapping, message(MSH, PID, "ORC|NW|O1", request))
                .steps()
                .get(0)
                .attributes()
                .text(Tags.StudyID);
    }

    private static MappingSet set(String when) {
        return Samples.set("tables/order-control.csv", TABLE, "definitions/x.yaml", """
                definition: x
                messages: ORM^O01
                else: omit
                rules:
                  - {id: accession, target: AccessionNumber, from: OBR-18, convert: key}
                  - id: study
                    target: StudyID
                    from: ORC-2
                    %s
                    convert: key
                """.formatted(when));
    }
}
