package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistPage;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Scheduled procedure steps by JPA. */
final class JpaScheduledSteps implements ScheduledSteps {

    private final Session session;

    JpaScheduledSteps(Session session) {
        this.session = session;
    }

    @Override
    public List<ScheduledStep> ofAccession(AccessionNumber accession) {
        return session
                .createSelectionQuery(
                        "from ScheduledStepEntity where accession = :accession order by ordinal, id",
                        ScheduledStepEntity.class)
                .setParameter("accession", accession.value())
                .list()
                .stream()
                .map(ScheduledStepEntity::toStep)
                .toList();
    }

    @Override
    public List<ScheduledStep> ofStudy(Uid studyInstanceUid) {
        return session
                .createSelectionQuery(
                        "from ScheduledStepEntity where studyInstanceUid = :uid order by accession, ordinal, id",
                        ScheduledStepEntity.class)
                .setParameter("uid", studyInstanceUid.value())
                .list()
                .stream()
                .map(ScheduledStepEntity::toStep)
                .toList();
    }

    @Override
    public void save(ScheduledStep step) {
        @Nullable
        ScheduledStepEntity known = session.createSelectionQuery(
                        "from ScheduledStepEntity where accession = :accession and stepId = :stepId",
                        ScheduledStepEntity.class)
                .setParameter("accession", step.accession().value())
                .setParameter("stepId", step.stepId())
                .uniqueResult();
        if (known == null) {
            ScheduledStepEntity added = new ScheduledStepEntity(step.accession(), step.stepId());
            added.apply(step);
            session.persist(added);
        } else {
            known.apply(step);
        }
    }

    @Override
    public WorklistPage page(WorklistFilter filter, WorklistPage.@Nullable Position after, int size) {
        List<ScheduledStepEntity> found = new WorklistSql(filter, after).run(session, size);
        return new WorklistPage(
                found.stream().map(ScheduledStepEntity::toStep).toList(),
                found.size() < size
                        ? Optional.empty()
                        : Optional.of(found.get(size - 1).position()));
    }

    @Override
    public long nextStepNumber() {
        String sql = session.unwrap(SharedSessionContractImplementor.class)
                .getFactory()
                .getJdbcServices()
                .getDialect()
                .getSequenceSupport()
                .getSequenceNextValString("step_number_seq");
        return session.createNativeQuery(sql, Long.class).getSingleResult();
    }
}
