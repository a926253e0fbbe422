package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.OSLO;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A code string is whole or not there (PS3.5 §6.2, CS). */
class CodeStringsTest {

    private static final String ORC = "ORC|NW|O1^RIS|A1^RAD";
    private static final String HOUSE_RULES = """
            layer: site
            changes: patient-and-visit
            rules:
              - id: patient-sex
                target: PatientSex
                from: PID-8
                convert: code-string
              - id: special-needs
                remove: true
              - id: smoking-status
                target: SmokingStatus
                from: PV1-2
                convert: code-string
                table: smoking
                not-in-table: keep
            """;

    private final MappingSet mapping = Samples.shipped();

    @ParameterizedTest
    @ValueSource(strings = {"ULTRASOUND-ABDOMEN", "X-RAY", "CT/PET", "MAGNETIC RESONANCE", "RÖNTGEN", "CT."})
    void a_modality_that_is_none_and_in_no_row_is_refused_by_name(String sent) {
        String refusal = Samples.refusal(() -> Samples.map(mapping, message(MSH, PID, ORC, obr(18, "A1", 24, sent))));

        assertThat(refusal)
                .startsWith("AE 103 OBR-24")
                .contains("Modality is \"" + sent.replace('Ö', '?') + "\"", "mapping/tables/modalities.csv");
    }

    @Test
    void a_modality_that_has_a_row_is_what_the_row_says_whatever_it_is_made_of() {
        MappingSet local = MappingSet.of(
                mapping.files().with("tables/modalities.csv", "from,to\nULTRASOUND-ABDOMEN,US\nX-RAY,DX\nRöntgen,DX\n"),
                OSLO);

        assertThat(modality(local, "Ultrasound-Abdomen")).isEqualTo("US");
        assertThat(modality(local, "X-RAY")).isEqualTo("DX");
        assertThat(modality(local, "Röntgen")).isEqualTo("DX");
        assertThat(modality(local, " ct ")).isEqualTo("CT");
    }

    @ParameterizedTest
    @CsvSource({"M, F-, PatientSex", "MALE-TO-FEMALE-17, E, SmokingStatus"})
    void an_optional_one_is_left_out_whole_with_a_warning_and_refused_when_strict(String sex, String other) {
        MappingSet house = Samples.shippedWith("definitions/house.yaml", HOUSE_RULES);
        String[] order = {MSH, PID + "||19800101|" + sex, "PV1||" + other, ORC, obr(18, "A1", 24, "CT")};

        MappedMessage mapped = Samples.map(house, message(order));

        DataSet entry = mapped.steps().get(0).attributes();
        assertThat(entry.text(Tags.PatientSex) + entry.text(Tags.SmokingStatus)).isIn("M", "E");
        assertThat(mapped.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(MappingWarning.Kind.INVALID_CODE);
            assertThat(warning.text()).doesNotContain("FEMALE", "F-");
        });
        MappingSet strict = MappingSet.of(
                house.files().with("senders.yaml", "senders:\n  default:\n    strictness: strict\n"), OSLO);
        assertThat(Samples.refusal(() -> Samples.map(strict, message(order)))).startsWith("AE 102");
    }

    @Test
    void the_types_of_identifiers_and_authorities_are_not_cut_either() {
        MappedMessage mapped = Samples.map(
                mapping,
                message(
                        MSH,
                        "PID|||P1^^^NORTH^M-R~P2^^^S^pi~P3^^^S&1.2&A-TYPE-TOO-LONG-FOR-ONE^pi||DOE^JOHN",
                        ORC,
                        obr(18, "A1", 24, "CT")));

        DataSet entry = mapped.steps().get(0).attributes();

        DataSet other = entry.item(Tags.OtherPatientIDsSequence);
        assertThat(entry.items(Tags.IssuerOfPatientIDQualifiersSequence)).isEmpty();
        assertThat(other.item(Tags.IssuerOfPatientIDQualifiersSequence).text(Tags.IdentifierTypeCode))
                .isEqualTo("PI");
        assertThat(other.item(Tags.IssuerOfPatientIDQualifiersSequence).contains(Tags.UniversalEntityIDType))
                .isFalse();
        assertThat(mapped.warnings())
                .extracting(MappingWarning::kind)
                .containsExactlyInAnyOrder(MappingWarning.Kind.INVALID_CODE, MappingWarning.Kind.LEFT_OUT);
    }

    @Test
    void an_authority_that_cannot_be_held_makes_a_number_nobodys_else() {
        String refused = Samples.refusal(() -> Samples.map(
                mapping, message(MSH, "PID|||P1^^^NORTH&1.2.3&ISO.OBJECT||DOE^JOHN", ORC, obr(18, "A1", 24, "CT"))));

        assertThat(refused).startsWith("AE 102 PID-3");
    }

    @Test
    void what_another_attribute_gives_is_judged_too() {
        MappingSet house = Samples.shippedWith("definitions/house.yaml", """
                layer: site
                changes: orders-to-worklist
                rules:
                  - id: modality
                    target: ScheduledProcedureStepSequence.Modality
                    from: attribute:RequestedProcedureDescription
                    convert: code-string
                    table: modalities
                    not-in-table: keep
                """);

        assertThat(Samples.refusal(
                        () -> Samples.map(house, message(MSH, PID, ORC, obr(4, "X^CT-HEAD", 18, "A1", 24, "CT")))))
                .startsWith("AE 103")
                .contains("CT-HEAD", "modalities.csv");
    }

    private static String modality(MappingSet mapping, String sent) {
        return Samples.map(mapping, message(MSH, PID, ORC, obr(18, "A1", 24, sent)))
                .steps()
                .get(0)
                .attributes()
                .item(Tags.ScheduledProcedureStepSequence)
                .text(Tags.Modality);
    }
}
