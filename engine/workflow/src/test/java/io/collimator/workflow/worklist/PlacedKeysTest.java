package io.collimator.workflow.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacedKeysTest {

    private static final Tag STEP = Tags.ScheduledProcedureStepSequence;

    private static final DataSet ENTRY = Dictionary.dataSet()
            .put(Tags.AccessionNumber, "A1")
            .put(Tags.PatientID, "P1")
            .items(
                    STEP,
                    Dictionary.dataSet()
                            .put(Tags.ScheduledStationAETitle, "CT1")
                            .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                            .put(Tags.ScheduledProcedureStepStartTime, "1030")
                            .put(Tags.ScheduledPerformingPhysicianName, "HOLM^ERIK")
                            .put(Tags.ScheduledProcedureStepID, "S1")
                            .put(Tags.Modality, "CT")
                            .build())
            .build();

    private static boolean matches(DataSet identifier) {
        return WorklistQuery.of(PlacedKeys.of(identifier).identifier()).matches(ENTRY);
    }

    private static DataSet answer(DataSet identifier) {
        return new WorklistProjection(PlacedKeys.of(identifier).identifier()).of(ENTRY);
    }

    @ParameterizedTest
    @CsvSource({
        "00080060, CT, CR",
        "00400001, CT1, FCR_1",
        "00400002, 20261122, 20261123",
        "00400003, 1000-1100, 1100-",
        "00400006, HOLM*, SANDE*",
        "00400009, S1, S2"
    })
    void a_key_of_the_step_at_the_root_narrows_as_in_its_place(String tag, String here, String elsewhere) {
        Tag key = Tag.parse(tag);

        assertThat(matches(Dictionary.dataSet().put(key, here).build())).isTrue();
        assertThat(matches(Dictionary.dataSet().put(key, elsewhere).build())).isFalse();
        assertThat(PlacedKeys.of(Dictionary.dataSet().put(key, here).build()).moved())
                .containsExactly(key);
    }

    @Test
    void what_stands_in_its_place_stays_as_it_is() {
        DataSet identifier = Dictionary.dataSet()
                .put(Tags.PatientID)
                .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                .put(new Element(Tag.of(0x0009, 0x0010), Vr.LO, new Value.Text("PRIVATE")))
                .items(STEP, Dictionary.dataSet().put(Tags.Modality, "CT").build())
                .build();

        assertThat(PlacedKeys.of(identifier).identifier()).isEqualTo(identifier);
        assertThat(PlacedKeys.of(identifier).moved()).isEmpty();
    }

    @Test
    void an_answer_has_the_key_in_its_place() {
        DataSet answer = answer(
                Dictionary.dataSet().put(Tags.PatientID).put(Tags.Modality).build());

        assertThat(answer.contains(Tags.Modality)).isFalse();
        assertThat(answer.item(STEP).text(Tags.Modality)).isEqualTo("CT");
        assertThat(answer.item(STEP).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_sequence_that_names_nothing_comes_whole_all_the_same(boolean hasItem) {
        DataSet.Builder identifier = Dictionary.dataSet().put(Tags.Modality, "CT");
        if (hasItem) {
            identifier.items(STEP, DataSet.empty());
        } else {
            identifier.items(STEP);
        }

        assertThat(matches(identifier.build())).isTrue();
        DataSet item = answer(identifier.build()).item(STEP);
        assertThat(item.text(Tags.ScheduledProcedureStepID)).isEqualTo("S1");
        assertThat(item.text(Tags.ScheduledStationAETitle)).isEqualTo("CT1");
        assertThat(matches(Dictionary.dataSet(identifier.build())
                        .put(Tags.Modality, "CR")
                        .build()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CT, CT, true", "CT, '', true", "'', CT, true", "'', CR, false", "CR, '', false", "'CT ', CT, true"})
    void a_key_in_both_places_counts_once(String atRoot, String inItem, boolean expected) {
        assertThat(matches(both(atRoot, inItem))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"CT, CR", "CR, CT", "CT, *"})
    void a_key_in_both_places_with_different_values_is_malformed(String atRoot, String inItem) {
        assertThatThrownBy(() -> PlacedKeys.of(both(atRoot, inItem)))
                .isInstanceOfSatisfying(MalformedKeyException.class, e -> {
                    assertThat(e.tag()).isEqualTo(Tags.Modality);
                    assertThat(e.comment()).hasSizeLessThanOrEqualTo(64);
                });
    }

    private static DataSet both(String atRoot, String inItem) {
        return Dictionary.dataSet()
                .put(Tags.Modality, atRoot)
                .items(STEP, Dictionary.dataSet().put(Tags.Modality, inItem).build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({"P1, true", "P2, false"})
    void a_key_of_the_entry_in_the_item_narrows_too(String patientId, boolean expected) {
        DataSet identifier = Dictionary.dataSet()
                .put(Tags.AccessionNumber)
                .items(
                        STEP,
                        Dictionary.dataSet()
                                .put(Tags.Modality, "CT")
                                .put(Tags.PatientID, patientId)
                                .build())
                .build();

        assertThat(matches(identifier)).isEqualTo(expected);
        assertThat(PlacedKeys.of(identifier).moved()).containsExactly(Tags.PatientID);
        assertThat(answer(identifier).text(Tags.PatientID)).isEqualTo("P1");
    }

    @Test
    void another_key_of_the_entry_in_the_item_stays_there_and_is_not_supported() {
        DataSet identifier = Dictionary.dataSet()
                .items(
                        STEP,
                        Dictionary.dataSet().put(Tags.InstitutionName, "HERE").build())
                .build();

        assertThat(PlacedKeys.of(identifier).identifier()).isEqualTo(identifier);
        assertThat(WorklistQuery.of(identifier).hasUnsupportedKeys()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"00400002, 20261301", "00400003, 25", "00400002, -"})
    void a_malformed_key_at_the_root_is_malformed(String tag, String value) {
        DataSet identifier = Dictionary.dataSet().put(Tag.parse(tag), value).build();

        assertThatThrownBy(() -> WorklistQuery.of(PlacedKeys.of(identifier).identifier()))
                .isInstanceOfSatisfying(
                        MalformedKeyException.class, e -> assertThat(e.tag()).isEqualTo(Tag.parse(tag)));
    }

    @Test
    void a_key_of_the_wrong_kind_at_the_root_is_malformed() {
        DataSet identifier =
                DataSet.empty().with(new Element(Tags.ScheduledProtocolCodeSequence, Vr.LO, new Value.Text("HEAD")));

        assertThatThrownBy(() -> WorklistQuery.of(PlacedKeys.of(identifier).identifier()))
                .isInstanceOf(MalformedKeyException.class);
    }
}
