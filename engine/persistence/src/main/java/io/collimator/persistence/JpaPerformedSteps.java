package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.performed.PerformedStatus;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.port.PerformedSteps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Performed procedure steps by JPA; the instances that they list by SQL. */
final class JpaPerformedSteps implements PerformedSteps {

    private static final String UNSCHEDULED_BY =
            "SELECT performed_uid FROM performed_item WHERE scheduled_step_id IS NULL AND link <> 'WITHDRAWN' AND ";

    private final Session session;
    private final Sql sql;
    private final SeenAccessions seen;
    private final Absences absences;

    JpaPerformedSteps(Session session, SeenAccessions seen, Absences absences) {
        this.session = session;
        this.sql = new Sql(session);
        this.seen = seen;
        this.absences = absences;
    }

    @Override
    public Optional<PerformedStep> find(Uid sopInstance) {
        return Optional.ofNullable(session.find(PerformedStepEntity.class, sopInstance.value()))
                .map(PerformedStepEntity::toStep);
    }

    @Override
    public Optional<PerformedStep> findRepeated(String repeatKey) {
        return session.createSelectionQuery(
                        "from PerformedStepEntity where repeatKey = :key", PerformedStepEntity.class)
                .setParameter("key", repeatKey)
                .uniqueResultOptional()
                .map(PerformedStepEntity::toStep);
    }

    @Override
    public void save(PerformedStep step) {
        seen.notePerformed();
        @Nullable
        PerformedStepEntity known =
                session.find(PerformedStepEntity.class, step.sopInstance().value());
        if (known == null) {
            session.persist(new PerformedStepEntity(step));
        } else {
            known.apply(step);
        }
    }

    @Override
    public void replaceInstances(Uid sopInstance, Collection<Uid> instances) {
        sql.batch(
                "DELETE FROM performed_instance WHERE performed_uid = ?",
                List.of(sopInstance),
                (statement, uid) -> statement.setString(1, uid.value()));
        sql.batch(
                "INSERT INTO performed_instance (performed_uid, instance_uid) VALUES (?, ?)",
                instances,
                (statement, instance) -> {
                    statement.setString(1, sopInstance.value());
                    statement.setString(2, instance.value());
                });
    }

    @Override
    public List<PerformedLink> linksOf(AccessionNumber accession) {
        if (seen.hasNothingPerformed(accession)) {
            return List.of();
        }
        return sql.query(
                "SELECT s.sop_instance_uid, i.scheduled_step_id, s.status FROM performed_item i"
                        + " JOIN performed_step s ON s.sop_instance_uid = i.performed_uid"
                        + " WHERE i.accession = ? ORDER BY s.created_at, s.sop_instance_uid, i.ordinal",
                row -> new PerformedLink(
                        new Uid(row.getString(1)), row.getString(2), PerformedStatus.valueOf(row.getString(3))),
                accession.key());
    }

    @Override
    public List<PerformedStep> unscheduledFor(AccessionNumber accession, Collection<Uid> studies) {
        boolean isAbsent = absences.has(Absences.Kind.PERFORMED, Absences.performedKey(accession, studies));
        if (isAbsent && !seen.isPerformedTouched()) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(List.of(accession.value(), accession.key()));
        StringBuilder statement = new StringBuilder(UNSCHEDULED_BY + "accession_key IN (?, ?)");
        for (Uid study : studies) {
            statement.append(" UNION ").append(UNSCHEDULED_BY).append("study_key = ?");
            keys.add(study.value());
        }
        statement.append(" ORDER BY 1");
        List<String> found = seen.isPerformedTouched()
                ? sql.query(statement.toString(), row -> row.getString(1), keys.toArray())
                : sql.queryStored(statement.toString(), row -> row.getString(1), keys.toArray());
        return found.stream()
                .map(uid -> session.find(PerformedStepEntity.class, uid).toStep())
                .toList();
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOfStudy(Uid study) {
        return new TreeSet<>(sql.query(
                "SELECT number FROM accession WHERE study_instance_uid = ?"
                        + " UNION SELECT accession FROM scheduled_step WHERE study_instance_uid = ?",
                row -> AccessionNumber.ofKey(row.getString(1)),
                study.value(),
                study.value()));
    }
}
