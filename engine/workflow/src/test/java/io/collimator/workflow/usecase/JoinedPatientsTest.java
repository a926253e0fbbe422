package io.collimator.workflow.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Numbers that a person or a table makes one, where one of them was merged before. */
class JoinedPatientsTest {

    private static final PatientId PRIOR = new PatientId("P1", null);
    private static final PatientId ALIAS = new PatientId("P1", "NORTH");
    private static final PatientId SURVIVOR = new PatientId("P2", "NORTH");
    private static final Patients.Merge MERGE = new Patients.Merge(Fixtures.NOW, "RIS|NORTH", "M1");

    private final OrderDesk desk = new OrderDesk();

    @Test
    void a_number_that_is_joined_with_an_alias_is_its_survivors() {
        desk.store.run(session -> {
            session.patients().add(PatientRecord.unknown(SURVIVOR));
            session.patients().add(PatientRecord.unknown(PRIOR));
            session.patients().merge(ALIAS, SURVIVOR, MERGE);

            assertThat(PatientMerging.join(session, PRIOR, ALIAS, MERGE)).isPresent();

            assertThat(session.patients().find(PRIOR).orElseThrow().id()).isEqualTo(SURVIVOR);
            assertThat(session.patients().aliasesOf(SURVIVOR)).containsExactlyInAnyOrder(ALIAS, PRIOR);
        });
    }

    @Test
    void a_number_that_has_the_other_as_alias_is_one_with_it_already() {
        desk.store.run(session -> {
            session.patients().add(PatientRecord.unknown(PRIOR));
            session.patients().merge(ALIAS, PRIOR, MERGE);

            assertThat(PatientMerging.join(session, PRIOR, ALIAS, MERGE)).isEmpty();

            assertThat(session.patients().find(ALIAS).orElseThrow().id()).isEqualTo(PRIOR);
            assertThat(session.patients().isAlias(PRIOR)).isFalse();
        });
    }
}
