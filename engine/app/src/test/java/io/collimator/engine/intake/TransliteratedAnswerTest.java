package io.collimator.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransliteratedAnswerTest {

    private static Optional<TransliteratedAnswer> latin(DataSet answer) {
        return TransliteratedAnswer.of(answer, SpecificCharacterSet.LATIN_1);
    }

    private static DataSet.Builder answer() {
        return Dictionary.dataSet().put(Tags.PatientName, "Łukasz^Müller").put(Tags.PatientID, "PÖ1");
    }

    @Test
    void text_for_people_is_transliterated_wherever_it_stands() {
        DataSet step = Dictionary.dataSet()
                .put(Tags.ScheduledProcedureStepDescription, "Kręgosłup")
                .put(Tags.ScheduledPerformingPhysicianName, "Żak^Ewa", "Müller")
                .build();
        DataSet answer = answer().put(Tags.RequestedProcedureComments, "Ból – głowy")
                .items(Tags.ScheduledProcedureStepSequence, step)
                .build();

        DataSet written = latin(answer).orElseThrow().dataSet();

        assertThat(written.text(Tags.PatientName)).isEqualTo("Lukasz^Müller");
        assertThat(written.text(Tags.PatientID)).isEqualTo("PÖ1");
        assertThat(written.text(Tags.RequestedProcedureComments)).isEqualTo("Ból - glowy");
        DataSet item = written.item(Tags.ScheduledProcedureStepSequence);
        assertThat(item.text(Tags.ScheduledProcedureStepDescription)).isEqualTo("Kregoslup");
        assertThat(item.texts(Tags.ScheduledPerformingPhysicianName)).containsExactly("Zak^Ewa", "Müller");
        assertThat(TransliteratedAnswer.notHeld(answer, SpecificCharacterSet.LATIN_1))
                .containsExactly(
                        Tags.PatientName,
                        Tags.ScheduledPerformingPhysicianName,
                        Tags.ScheduledProcedureStepDescription,
                        Tags.RequestedProcedureComments);
        assertThat(TransliteratedAnswer.notHeld(written, SpecificCharacterSet.LATIN_1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00080050",
                "00100020",
                "00100021",
                "00401001",
                "00380010",
                "00380060",
                "00402016",
                "00402017",
                "00102154",
                "00402010",
                "00401008"
            })
    void what_identifies_never_is(String tag) {
        assertThat(latin(answer().put(Tag.parse(tag), "Ł1").build())).isEmpty();
    }

    @Test
    void codes_steps_and_issuers_never_are_and_the_meaning_of_a_code_is() {
        DataSet meaning = Dictionary.dataSet()
                .put(Tags.CodeValue, "K1")
                .put(Tags.CodeMeaning, "Głowa")
                .build();
        DataSet code = Dictionary.dataSet().put(Tags.CodeValue, "Ł1").build();
        DataSet step =
                Dictionary.dataSet().put(Tags.ScheduledProcedureStepID, "Ł1").build();
        DataSet issuer =
                Dictionary.dataSet().put(Tags.LocalNamespaceEntityID, "ŁÓDŹ").build();

        assertThat(latin(answer().items(Tags.RequestedProcedureCodeSequence, meaning)
                                .build())
                        .orElseThrow()
                        .dataSet()
                        .item(Tags.RequestedProcedureCodeSequence)
                        .text(Tags.CodeMeaning))
                .isEqualTo("Glowa");
        assertThat(latin(answer().items(Tags.RequestedProcedureCodeSequence, code)
                        .build()))
                .isEmpty();
        assertThat(latin(answer().items(Tags.ScheduledProcedureStepSequence, step)
                        .build()))
                .isEmpty();
        assertThat(latin(answer().items(Tags.IssuerOfAccessionNumberSequence, issuer)
                        .build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Yamada^Tarou=山田^太郎=やまだ^たろう | Yamada^Tarou | true",
                "Łada^Tarou=山田^太郎 | Lada^Tarou | true",
                "Łada=Müller=やまだ | Lada=Müller | true",
                "Łada==Müller | Lada==Müller | false",
                "Łada^Ewa | Lada^Ewa | false",
            })
    void of_a_name_the_alphabetic_group_is_transliterated(String name, String written, boolean leavesOut) {
        TransliteratedAnswer answer =
                latin(answer().put(Tags.PatientName, name).build()).orElseThrow();

        assertThat(answer.dataSet().text(Tags.PatientName)).isEqualTo(written);
        assertThat(answer.leftOut().contains(Tags.PatientName)).isEqualTo(leavesOut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"山田^太郎", "=山田^太郎", "^=山田^太郎", "Łada^太郎"})
    void a_name_of_which_nothing_would_be_left_is_not(String name) {
        assertThat(latin(answer().put(Tags.PatientName, name).build())).isEmpty();
    }

    @Test
    void nothing_becomes_longer_than_it_may_be() {
        String fits = "Щ".repeat(16);

        assertThat(latin(answer().put(Tags.PatientName, fits).build())
                        .orElseThrow()
                        .dataSet()
                        .text(Tags.PatientName))
                .hasSize(64);
        assertThat(latin(answer().put(Tags.PatientName, fits + "Щ").build())).isEmpty();
        assertThat(latin(answer().put(Tags.RequestedProcedureDescription, fits + "Щ")
                        .build()))
                .isEmpty();
        assertThat(latin(answer().put(Tags.Occupation, "Щ".repeat(5)).build())).isEmpty();
    }
}
