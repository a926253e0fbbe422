package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.usecase.AssignStation.Assigned;
import io.collimator.workflow.usecase.AssignStation.Assignment;
import io.collimator.workflow.usecase.AssignStation.NotRegistered;
import io.collimator.workflow.usecase.AssignStation.TooLate;
import io.collimator.workflow.usecase.AssignStation.Unknown;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that no rule gave a station, and the person who does. */
class StationsTest {

    private final OrderDesk desk = new OrderDesk();

    @Test
    void a_step_without_station_is_listed_until_a_person_gives_it_one() {
        // given
        desk.accept(order("NW").withoutInStep(Tags.ScheduledStationAETitle).build());
        List<ScheduledStep> before =
                desk.store.scheduledSteps().withoutStation(null, 10).steps();
        int notices = desk.notices().size();

        // when
        AssignStation.Result result = desk.stations().assign(assignment(null, "CT1", "CT2"));

        // then
        assertThat(before).hasSize(1);
        assertThat(desk.store.raised()).extracting(ExceptionRecord::type).containsExactly(ExceptionType.NO_STATION);
        assertThat(((Assigned) result).stepIds()).containsExactly("SPS1");
        assertThat(desk.store.scheduledSteps().withoutStation(null, 10).steps()).isEmpty();
        assertThat(desk.timeline(ACC1)).contains("Step SPS1 assigned to CT1, CT2 by admin");
        assertThat(desk.notices().subList(notices, desk.notices().size()))
                .containsExactly("order.updated SCHEDULED NONE");
    }

    @Test
    void what_a_person_assigned_is_not_overwritten_by_a_default() {
        // given
        OrderDraft order = order("NW").withoutInStep(Tags.ScheduledStationAETitle);
        desk.accept(order.assuming(Tags.ScheduledStationAETitle, "CT8").build());
        desk.stations().assign(assignment("SPS1", "CT1"));

        // when
        desk.accept(order.control("XO")
                .assuming(Tags.ScheduledStationAETitle, "CT9")
                .build());

        // then
        assertThat(desk.onlyStep(ACC1)
                        .dataSet()
                        .item(Tags.ScheduledProcedureStepSequence)
                        .text(Tags.ScheduledStationAETitle))
                .isEqualTo("CT1");
    }

    @Test
    void nobody_moves_what_is_unknown_or_has_begun() {
        // given
        desk.accept(order("NW").build());
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(StepStatus.STARTED)));

        // when / then
        assertThat(desk.stations().assign(assignment(null, "CT1"))).isInstanceOf(TooLate.class);
        assertThat(desk.stations().assign(assignment("SPS9", "CT1"))).isInstanceOf(Unknown.class);
        assertThat(desk.stations()
                        .assign(new Assignment(
                                new AccessionReference("NONE", null),
                                null,
                                List.of(new AeTitle("CT1")),
                                false,
                                "admin")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_station_that_is_not_registered_is_refused_unless_it_is_meant() {
        // given
        desk.accept(order("NW").build());

        // when
        AssignStation.Result refused = desk.stations().assign(assignment(null, "CT1", "STRANGER"));
        boolean unchanged = station().equals("CT1");
        AssignStation.Result meant = desk.stations()
                .assign(new Assignment(
                        new AccessionReference(ACC1.value(), null),
                        null,
                        List.of(new AeTitle("STRANGER")),
                        true,
                        "admin"));

        // then
        assertThat(((NotRegistered) refused).stations()).containsExactly(new AeTitle("STRANGER"));
        assertThat(unchanged).isTrue();
        assertThat(meant).isInstanceOf(Assigned.class);
        assertThat(station()).isEqualTo("STRANGER");
    }

    private String station() {
        return desk.onlyStep(ACC1)
                .dataSet()
                .item(Tags.ScheduledProcedureStepSequence)
                .text(Tags.ScheduledStationAETitle);
    }

    private static Assignment assignment(@Nullable String stepId, String... stations) {
        return new Assignment(
                new AccessionReference(ACC1.value(), null),
                stepId,
                Arrays.stream(stations).map(AeTitle::new).toList(),
                false,
                "admin");
    }
}
