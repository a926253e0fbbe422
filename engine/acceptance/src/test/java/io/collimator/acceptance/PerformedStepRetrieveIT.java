package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.ScriptedScu;
import io.collimator.acceptance.engine.ScriptedScu.Response;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.simulators.modality.PerformedStep;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** N-GET of performed steps (PS3.4 §F.8), byte by byte: what a modality asks that lost its memory in the middle of an exam. */
@Timeout(120)
class PerformedStepRetrieveIT {

    private static final int AFFECTED_SOP_CLASS = 0x0002;
    private static final int AFFECTED_SOP_INSTANCE = 0x1000;
    private static final String NAME = "M\u00DCLLER^J\u00D6RG";

    @TempDir
    private static Path folder;

    private static Scanner scanner;
    private static TestHome home;
    private static EngineUnderTest engine;
    private static PerformedStep step;

    @BeforeAll
    static void begin() {
        scanner = new Scanner(new AeTitle("CT1"));
        home = TestHome.create(folder).withModality(scanner.address()).withStation("CT", "CT1");
        engine = EngineUnderTest.start(home);
        String order = Messages.order("GET1")
                .replace("|P|2.3.1\n", "|P|2.3.1||||||UNICODE UTF-8\n")
                .replace("TEST^GET1", NAME);
        assertThat(engine.send(order).code()).isEqualTo("AA");
        step = scanner.begin(engine, "GET1");
        assertThat(step.status().isSuccess()).isTrue();
    }

    @AfterAll
    static void stop() {
        engine.close();
        scanner.close();
    }

    @Test
    void the_attributes_that_are_listed_come_and_no_others() {
        Response response = get(Tags.PerformedProcedureStepStatus, Tags.PatientID);

        assertThat(response.commandField()).isEqualTo(0x8110);
        assertThat(response.status()).isZero();
        assertThat(response.uid(AFFECTED_SOP_CLASS)).isEqualTo(Uids.ModalityPerformedProcedureStepRetrieve.value());
        assertThat(response.uid(AFFECTED_SOP_INSTANCE))
                .isEqualTo(step.sopInstance().value());
        assertThat(response.attributes())
                .extracting(element -> element.tag())
                .containsExactly(Tags.PatientID, Tags.PerformedProcedureStepStatus);
        assertThat(response.attributes().text(Tags.PerformedProcedureStepStatus))
                .isEqualTo("IN PROGRESS");
    }

    @Test
    void without_a_list_everything_comes_in_a_character_set_that_holds_it() {
        DataSet all = get().attributes();

        assertThat(all.text(Tags.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(all.text(Tags.PatientName)).isEqualTo(NAME);
        assertThat(all.text(Tags.PerformedProcedureStepID)).isNotEmpty();
        assertThat(all.item(Tags.ScheduledStepAttributesSequence).text(Tags.AccessionNumber))
                .isEqualTo("GET1");
        assertThat(all.contains(Tags.SOPInstanceUID)).isFalse();
        assertThat(engine.api().get("/metrics").body())
                .contains("collimator_dicom_character_set_fallbacks_total{kind=\"utf8\",peer=\"CT1\"}");
    }

    @Test
    void what_the_step_does_not_have_is_named_in_a_warning_beside_what_it_has() {
        Response response = get(Tags.PatientID, Tags.StudyDescription, Tags.PatientComments);

        assertThat(response.status()).isEqualTo(0x0001);
        assertThat(response.attributeIdentifiers())
                .containsExactlyInAnyOrder(Tags.StudyDescription, Tags.PatientComments);
        assertThat(response.attributes().text(Tags.PatientID)).isEqualTo("PID-GET1");
    }

    @Test
    void nothing_but_what_the_step_does_not_have_is_a_warning_without_data_set() {
        Response response = get(Tags.StudyDescription);

        assertThat(response.status()).isEqualTo(0x0001);
        assertThat(response.attributeIdentifiers()).containsExactly(Tags.StudyDescription);
        assertThat(response.announcesDataSet()).isFalse();
    }

    @Test
    void an_instance_that_nobody_reported_is_not_there() {
        try (ScriptedScu scu = open()) {
            Response response = scu.get(1, "1.2.3.4.5").response();

            assertThat(response.status()).isEqualTo(0x0112);
            assertThat(response.uid(AFFECTED_SOP_INSTANCE)).isEqualTo("1.2.3.4.5");
            assertThat(response.announcesDataSet()).isFalse();
            assertThat(scu.get(2, step.sopInstance().value()).response().status())
                    .isZero();
        }
    }

    @Test
    void another_sop_class_than_the_negotiated_one_is_refused() {
        try (ScriptedScu scu = open()) {
            String instance = step.sopInstance().value();

            assertThat(scu.get(1, "1.2.840.10008.99", instance).response().status())
                    .isEqualTo(0x0118);
            assertThat(scu.get(2, Uids.ModalityPerformedProcedureStep.value(), instance)
                            .response()
                            .status())
                    .isEqualTo(0x0119);
        }
    }

    /** The standard has N-GET in the other class only; who asks on the association that it has gets the same. */
    @Test
    void who_asks_by_the_class_that_it_reports_with_is_answered_too() {
        try (ScriptedScu scu = ScriptedScu.open(engine, "CT1", Uids.ModalityPerformedProcedureStep.value())) {
            Response response =
                    scu.get(1, step.sopInstance().value(), Tags.PatientID).response();

            assertThat(response.status()).isZero();
            assertThat(response.attributes().text(Tags.PatientID)).isEqualTo("PID-GET1");
        }
    }

    @Test
    void a_sop_class_that_nobody_has_is_not_accepted() {
        try (ScriptedScu scu = ScriptedScu.open(engine, "CT1", "1.2.840.10008.99")) {
            assertThatThrownBy(() -> scu.get(1, "1.2.3").response()).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void a_step_is_there_after_a_restart_and_can_be_ended() {
        // given
        DataSet before = get().attributes();

        // when
        engine.close();
        engine = EngineUnderTest.start(home);

        // then
        assertThat(get().attributes()).isEqualTo(before);
        scanner.complete(scanner.begin(engine, entry("GET2")));
        assertThat(get(Tags.PerformedProcedureStepStatus).attributes().text(Tags.PerformedProcedureStepStatus))
                .isEqualTo("IN PROGRESS");
    }

    @Test
    void what_an_n_set_changed_is_what_comes() {
        PerformedStep ended = scanner.begin(engine, entry("GET3"));
        scanner.complete(ended);

        try (ScriptedScu scu = open()) {
            DataSet now = scu.get(1, ended.sopInstance().value()).response().attributes();

            assertThat(now.text(Tags.PerformedProcedureStepStatus)).isEqualTo("COMPLETED");
            assertThat(now.item(Tags.PerformedSeriesSequence).items(Tags.ReferencedImageSequence))
                    .hasSize(2);
            assertThat(now.text(Tags.PatientID)).isEqualTo("PID-GET3");
        }
    }

    private static DataSet entry(String accession) {
        assertThat(engine.send(Messages.order(accession)).code()).isEqualTo("AA");
        return scanner.entryOf(engine, accession);
    }

    private static ScriptedScu open() {
        return ScriptedScu.open(engine, "CT1", Uids.ModalityPerformedProcedureStepRetrieve.value());
    }

    private static Response get(Tag... tags) {
        try (ScriptedScu scu = open()) {
            return scu.get(1, step.sopInstance().value(), tags).response();
        }
    }
}
