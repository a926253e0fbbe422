package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.patient;
import static io.collimator.workflow.usecase.OrderDraft.keys;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import org.junit.jupiter.api.Test;

/** New and changed orders: what is stored, derived, kept and announced. */
class OrdersReachTheWorklistTest {

    private final OrderDesk desk = new OrderDesk();

    @Test
    void a_new_order_is_on_the_worklist_and_announced() {
        // when
        AcceptOrder.Accepted accepted = desk.accept(order("NW").build());

        // then
        assertThat(accepted.receipt().committedAt()).isEqualTo(Fixtures.NOW);
        assertThat(accepted.repetition()).isEqualTo(Repetition.NONE);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(desk.accession(ACC1).patient()).isEqualTo(patient("PID-1", "NORTH"));
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.SCHEDULED);
        assertThat(desk.notices()).containsExactly("order.scheduled SCHEDULED NONE", "status.scheduled SCHEDULED CT");
        assertThat(desk.timeline(ACC1)).containsExactly("Step SPS1 scheduled: CT at CT1, 20261122 1030");
        assertThat(desk.relinked).containsExactly(ACC1);
    }

    @Test
    void what_the_order_does_not_say_is_derived_once_and_kept() {
        // given
        OrderDraft bare = order("NW")
                .without(Tags.StudyInstanceUID)
                .without(Tags.RequestedProcedureID)
                .withoutInStep(Tags.ScheduledProcedureStepID)
                .withoutInStep(Tags.ScheduledProcedureStepStartDate)
                .withoutInStep(Tags.ScheduledProcedureStepStartTime);

        // when
        desk.accept(bare.build());
        ScheduledStep first = desk.onlyStep(ACC1);
        desk.accept(bare.control("XO").build());

        // then
        DataSet item = first.dataSet().item(Tags.ScheduledProcedureStepSequence);
        assertThat(desk.onlyStep(ACC1)).isEqualTo(first);
        assertThat(first.stepIdDerived()).isTrue();
        assertThat(first.dataSet().text(Tags.RequestedProcedureID)).isEqualTo("ACC1");
        assertThat(first.dataSet().text(Tags.StudyInstanceUID))
                .startsWith("2.25.")
                .isEqualTo(Uid.ofName("ACC1\nACC1").value());
        assertThat(item.text(Tags.ScheduledProcedureStepID)).isEqualTo("1");
        assertThat(item.text(Tags.ScheduledProcedureStepStartDate)).isEqualTo("20261122");
        assertThat(item.text(Tags.ScheduledProcedureStepStartTime)).isEqualTo("091500");
        assertThat(desk.timeline(ACC1)).first().asString().contains("time of receipt");
    }

    @Test
    void a_date_without_a_time_is_kept_as_it_is_and_told_once() {
        // given
        OrderDraft onlyADate = order("NW").withoutInStep(Tags.ScheduledProcedureStepStartTime);

        // when
        desk.accept(onlyADate.build());
        desk.accept(onlyADate.control("XO").build());
        long told = timesAssumed();
        desk.accept(order("XO").build());
        desk.accept(order("XO").putInStep(Tags.ScheduledProcedureStepStartTime).build());

        // then
        assertThat(told).isEqualTo(1);
        assertThat(timesAssumed()).as("a time that is deleted again").isEqualTo(2);
        assertThat(desk.onlyStep(ACC1)
                        .dataSet()
                        .item(Tags.ScheduledProcedureStepSequence)
                        .hasValue(Tags.ScheduledProcedureStepStartTime))
                .isFalse();
    }

    private long timesAssumed() {
        return desk.timeline(ACC1).stream()
                .filter(summary -> summary.contains("no time was said"))
                .count();
    }

    @Test
    void an_accession_number_that_is_not_sent_is_the_filler_order_number() {
        desk.accept(order("NW").without(Tags.AccessionNumber).build());

        assertThat(desk.accession(new AccessionNumber("FIL1", "RAD")).isOrdered())
                .isTrue();
    }

    @Test
    void a_change_keeps_what_it_does_not_mention_and_clears_what_it_empties() {
        // given
        desk.accept(order("NW")
                .put(Tags.Allergies, "LATEX")
                .put(Tags.PatientState, "PACEMAKER")
                .build());
        int before = desk.notices().size();

        // when
        desk.accept(new OrderDraft(
                        "XO",
                        keys().put(Tags.PatientBirthDate).put(Tags.Allergies).build(),
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepStartTime, "1215")
                                .build())
                .build());

        // then
        DataSet entry = desk.onlyStep(ACC1).dataSet();
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence);
        assertThat(entry.text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(entry.text(Tags.PatientState)).isEqualTo("PACEMAKER");
        assertThat(entry.hasValue(Tags.PatientBirthDate)).isFalse();
        assertThat(entry.hasValue(Tags.Allergies)).isFalse();
        assertThat(item.text(Tags.Modality)).isEqualTo("CT");
        assertThat(item.text(Tags.ScheduledProcedureStepStartTime)).isEqualTo("1215");
        assertThat(desk.accession(ACC1).patient().birthDate()).isEmpty();
        assertThat(desk.notices().subList(before, desk.notices().size()))
                .containsExactly("order.updated SCHEDULED NONE");
    }

    @Test
    void a_change_that_changes_nothing_tells_nobody() {
        // given
        desk.accept(order("NW").build());
        int before = desk.notices().size();

        // when
        desk.accept(order("XO").put(Tags.PatientName, "DOE^JOHN ").build());

        // then
        assertThat(desk.notices()).hasSize(before);
        assertThat(desk.store.received()).hasSize(2);
    }

    @Test
    void a_change_of_an_unknown_order_creates_it() {
        desk.accept(order("XO").build());

        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(desk.notices()).first().isEqualTo("order.scheduled SCHEDULED NONE");
    }

    @Test
    void steps_that_are_not_named_stay() {
        // given
        desk.accept(order("NW").build(), order("NW").stepId("SPS2").build());

        // when
        desk.accept(order("XO").stepId("SPS2").putInStep(Tags.Modality, "MR").build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step ->
                        step.dataSet().item(Tags.ScheduledProcedureStepSequence).text(Tags.Modality))
                .containsExactly("CT", "MR");
    }

    @Test
    void steps_without_an_id_are_told_apart_by_their_position() {
        // given
        OrderDraft unnamed = order("NW").withoutInStep(Tags.ScheduledProcedureStepID);
        desk.accept(unnamed.build(), unnamed.putInStep(Tags.Modality, "MR").build());

        // when
        desk.accept(
                unnamed.control("XO").build(),
                unnamed.control("XO").putInStep(Tags.Modality, "PT").build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step ->
                        step.dataSet().item(Tags.ScheduledProcedureStepSequence).text(Tags.Modality))
                .containsExactly("CT", "PT");
    }

    @Test
    void an_order_takes_the_study_that_a_modality_reported_for_the_same_patient() {
        // given
        desk.store.run(session -> session.accessions()
                .save(new Accession(
                        ACC1,
                        patient("PID-1", null),
                        new Uid("1.2.3.4"),
                        null,
                        null,
                        null,
                        null,
                        ProcedureState.SCHEDULED,
                        CustodyState.NONE)));

        // when
        desk.accept(order("NW").without(Tags.StudyInstanceUID).build());

        // then
        assertThat(desk.accession(ACC1).patient().id().id()).isEqualTo("PID-1");
        assertThat(desk.accession(ACC1).studyInstanceUid()).isEqualTo(new Uid("1.2.3.4"));
        assertThat(desk.notices()).containsExactly("order.scheduled SCHEDULED NONE", "status.scheduled SCHEDULED CT");
    }

    @Test
    void an_order_is_stored_whoever_the_modality_reported_but_takes_no_study_of_another_patient() {
        // given
        desk.store.run(session -> session.accessions()
                .save(new Accession(
                        ACC1,
                        patient("OTHER", null),
                        new Uid("1.2.3.4"),
                        null,
                        null,
                        null,
                        null,
                        ProcedureState.SCHEDULED,
                        CustodyState.NONE)));

        // when
        desk.accept(order("NW").without(Tags.StudyInstanceUID).build());

        // then
        assertThat(desk.accession(ACC1).patient().id().id()).isEqualTo("PID-1");
        assertThat(desk.accession(ACC1).studyInstanceUid()).isNotEqualTo(new Uid("1.2.3.4"));
        assertThat(desk.notices()).containsExactly("order.scheduled SCHEDULED NONE", "status.scheduled SCHEDULED CT");
    }

    @Test
    void a_derived_study_of_another_patient_is_refused_like_a_carried_one() {
        desk.accept(order("NW")
                .patient("OTHER")
                .accession("ACC9")
                .filler("F9")
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "P9")
                .study(Uid.ofName("ACC1\nACC1").value())
                .build());

        desk.refused(order("NW")
                        .without(Tags.StudyInstanceUID)
                        .without(Tags.RequestedProcedureID)
                        .build())
                .hasMessageContaining("The Study Instance UID belongs to accession ACC9 of another patient");

        assertThat(desk.steps(ACC1)).isEmpty();
    }

    @Test
    void an_entry_without_a_station_is_stored_and_raised() {
        // given
        OrderDraft order = order("NW").withoutInStep(Tags.ScheduledStationAETitle);

        // when
        desk.accept(order.build());
        desk.accept(order.control("XO")
                .putInStep(Tags.ScheduledProcedureStepLocation, "ROOM 2")
                .build());

        // then
        assertThat(desk.steps(ACC1)).hasSize(1);
        assertThat(desk.store.raised())
                .singleElement()
                .satisfies(exception -> assertThat(exception.type()).isEqualTo(ExceptionType.NO_STATION));
    }
}
