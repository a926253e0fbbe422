package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two double quotes delete the value of their own attribute and silence nothing else (HL7 v2.5.1 §2.5.3.4). */
class DeletedValuesTest {

    private static final String NULL = "\"\"";

    @Test
    void another_source_a_table_and_a_stand_in_still_say_theirs() {
        MappedStep step = step(
                MSH,
                PID,
                "ORC|NW|\"\"|F1||||\"\"|||\"\"|7^GREEN||\"\"||||\"\"",
                obr(2, "P9", 16, NULL, 18, NULL, 24, "CT", 36, "202612241200", 44, NULL, 4, "X1^Chest"));

        DataSet entry = step.complete();
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence);
        assertThat(entry.text(Tags.PlacerOrderNumberImagingServiceRequest)).isEqualTo("P9");
        assertThat(step.event().numbers().placer()).isEqualTo("P9");
        assertThat(entry.text(Tags.AccessionNumber)).isEqualTo("F1");
        assertThat(entry.text(Tags.OrderEnteredBy)).isEqualTo("GREEN");
        assertThat(entry.text(Tags.InstitutionName)).isEqualTo("SITE");
        assertThat(entry.text(Tags.RequestedProcedureDescription)).isEqualTo("Chest");
        assertThat(item.text(Tags.ScheduledStationAETitle)).isEqualTo("CT1");
        assertThat(item.text(Tags.ScheduledProcedureStepStartDate)).isEqualTo("20261224");
        assertThat(item.text(Tags.ScheduledProcedureStepStartTime)).isEqualTo("120000");
    }

    @Test
    void a_null_alone_deletes_what_is_stored() {
        MappedStep step = step(
                MSH,
                "PID|||P1^^^NORTH||DOE^JOHN||||||\"\"^\"\"||\"\"^PRN^PH",
                "ORC|XO|P1|F1",
                obr(18, "A1", 4, "\"\"^Chest", 31, NULL),
                "NTE|1||\"\"");

        for (Tag cleared : List.of(
                Tags.PatientAddress,
                Tags.PatientTelephoneNumbers,
                Tags.RequestedProcedureCodeSequence,
                Tags.ReasonForTheRequestedProcedure,
                Tags.RequestedProcedureComments)) {
            assertThat(step.attributes().contains(cleared))
                    .as(cleared.toString())
                    .isTrue();
            assertThat(step.attributes().hasValue(cleared))
                    .as(cleared.toString())
                    .isFalse();
        }
        assertThat(step.attributes().text(Tags.RequestedProcedureDescription)).isEqualTo("Chest");
        assertThat(step.warnings()).isEmpty();
    }

    @Test
    void an_identifier_whose_number_is_null_is_none() {
        MappedStep step = step(
                MSH,
                "PID|||\"\"^^^NORTH^MR~P2^^^SOUTH||DOE^JOHN" + "|".repeat(13) + "V2^^^SOUTH",
                "PV1|1|I|" + "|".repeat(16) + "\"\"^^^NORTH",
                "ORC|NW|P1|F1",
                obr(18, "A1"));

        DataSet entry = step.attributes();
        assertThat(entry.text(Tags.PatientID)).isEqualTo("P2");
        assertThat(entry.text(Tags.IssuerOfPatientID)).isEqualTo("SOUTH");
        assertThat(entry.contains(Tags.OtherPatientIDsSequence)).isFalse();
        assertThat(entry.text(Tags.AdmissionID)).isEqualTo("V2");
        assertThat(entry.item(Tags.IssuerOfAdmissionIDSequence).text(Tags.LocalNamespaceEntityID))
                .isEqualTo("SOUTH");
    }

    @Test
    void a_merge_reads_no_null_number_either() {
        MappedPatient patient = Samples.shipped()
                .mapPatient(
                        message(
                                MSH.replace("ORM^O01", "ADT^A40"),
                                "PID|||\"\"^^^NORTH^MR~P2^^^SOUTH||DOE^JOHN",
                                "MRG|\"\"^^^NORTH~P1^^^SOUTH"),
                        Samples.shipped().senders().named("default"))
                .patients()
                .get(0);

        assertThat(patient.identifier().id()).isEqualTo("P2");
        assertThat(patient.prior().orElseThrow().id()).isEqualTo("P1");
        assertThat(patient.others()).isEmpty();
    }

    @Test
    void a_later_rule_takes_the_place_of_a_deletion_in_the_reasons_too() {
        MappingSet mapping = Samples.set(
                "definitions/d.yaml",
                """
                definition: d
                messages: [ORM^O01]
                else: omit
                rules:
                  - {id: first, target: PatientState, from: OBR-12, convert: text}
                  - {id: second, target: PatientState, from: OBR-13, convert: code-text, else: constant UNKNOWN}
                """,
                "tables/order-control.csv",
                Samples.shipped().files().text("tables/order-control.csv").orElseThrow());

        MappedStep said = Samples.map(mapping, message(MSH, PID, "ORC|NW|1|2", obr(12, NULL, 13, "WALKS")))
                .steps()
                .get(0);
        MappedStep silent = Samples.map(mapping, message(MSH, PID, "ORC|NW|1|2", obr(12, NULL)))
                .steps()
                .get(0);

        assertThat(said.attributes().text(Tags.PatientState)).isEqualTo("WALKS");
        assertThat(said.explanations()).extracting(Explanation::ruleId).containsExactly("second");
        assertThat(silent.complete().text(Tags.PatientState)).isEqualTo("UNKNOWN");
        assertThat(silent.attributes().contains(Tags.PatientState)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "RequestedProcedurePriority; TQ1|1||||||||X; has no row for the code \"X\" of TQ1-9",
                "RequestedProcedurePriority; TQ1|1||||||||\"\"; the message deletes it: TQ1-9 is \"\"",
                "RequestedProcedurePriority; TQ1|1|2; not sent: TQ1-9, ORC-7.6, OBR-27.6, OBR-5",
                "PatientWeight; OBX|1|NM|29463-7||heavy|kg; could not be used; see warnings",
                "OrderPlacerIdentifierSequence; TQ1|1; ORC-2 was sent, but holds nothing that issuer-ei reads",
                "PatientSex; TQ1|1; mapping/tables/patient-sex.csv has no row for the code \"?\" of PID-8",
                "ScheduledProcedureStepSequence.ScheduledProcedureStepEndTime; ZZ1|1; mapping/tables/procedures.csv has no row for the code \"X1\" of OBR-4"
            })
    void a_key_without_value_says_the_true_reason(String keyword, String segment, String reason) {
        MappedStep step = step(MSH, PID + "|||?", "ORC|NW|P1|F1", obr(4, "X1^Chest", 18, "A1"), segment);

        assertThat(step.provenance().emptyKeys())
                .filteredOn(key -> key.keyword().equals(keyword))
                .singleElement()
                .satisfies(key -> assertThat(key.text()).contains(reason));
    }

    private static MappedStep step(String... segments) {
        return Samples.map(Samples.shipped(), message(segments)).steps().get(0);
    }
}
