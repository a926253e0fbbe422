package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.worklist.EntryReader;
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
    private final SeenAccessions seen;
    private final Absences absences;
    private final CancelWatch cancelWatch;

    JpaScheduledSteps(Session session, SeenAccessions seen, Absences absences, CancelWatch cancelWatch) {
        this.session = session;
        this.seen = seen;
        this.absences = absences;
        this.cancelWatch = cancelWatch;
    }

    @Override
    public List<ScheduledStep> ofAccession(AccessionNumber accession) {
        return entities(accession).stream()
                .sorted(ScheduledStepEntity.BY_ORDINAL)
                .map(ScheduledStepEntity::toStep)
                .toList();
    }

    private List<ScheduledStepEntity> entities(AccessionNumber accession) {
        @Nullable List<ScheduledStepEntity> known = seen.steps(accession);
        return known != null
                ? known
                : seen.noteSteps(
                        accession,
                        session.createSelectionQuery(
                                        "from ScheduledStepEntity where accession = :accession",
                                        ScheduledStepEntity.class)
                                .setParameter("accession", accession.key())
                                .list());
    }

    @Override
    public List<ScheduledStep> ofStudy(Uid studyInstanceUid) {
        if (absences.has(Absences.Kind.STEPS_OF_STUDY, studyInstanceUid)) {
            return List.of();
        }
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
        absences.forget(Absences.Kind.STEPS_OF_STUDY);
        List<ScheduledStepEntity> siblings = entities(step.accession());
        @Nullable
        ScheduledStepEntity known = siblings.stream()
                .filter(entity -> entity.isStep(step.stepId()))
                .findFirst()
                .orElse(null);
        if (known == null) {
            ScheduledStepEntity added = new ScheduledStepEntity(step.accession(), step.stepId());
            added.apply(step);
            session.persist(added);
            siblings.add(added);
        } else {
            known.apply(step);
        }
    }

    @Override
    public void find(WorklistFilter filter, EntryReader reader) {
        WorklistCursor cursor = new WorklistCursor(new WorklistSql(filter, null), reader, cancelWatch);
        boolean alone = session.isDefaultReadOnly();
        session.doWork(connection -> cursor.read(connection, alone));
    }

    @Override
    public long countHidden(WorklistFilter filter) {
        return WorklistSql.hidden(filter).count(session);
    }

    @Override
    public WorklistPage page(WorklistFilter filter, WorklistPage.@Nullable Position after, int size) {
        return page(new WorklistSql(filter, after), size);
    }

    @Override
    public WorklistPage withoutStation(WorklistPage.@Nullable Position after, int size) {
        return page(WorklistSql.withoutStation(after), size);
    }

    private WorklistPage page(WorklistSql sql, int size) {
        List<ScheduledStepEntity> found = sql.run(session, size);
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
