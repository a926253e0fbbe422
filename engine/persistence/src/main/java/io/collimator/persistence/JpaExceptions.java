package io.collimator.persistence;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Exceptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Exceptions by JPA. */
final class JpaExceptions implements Exceptions {

    private static final int MAX_LIMIT = 500;

    private final Session session;

    JpaExceptions(Session session) {
        this.session = session;
    }

    @Override
    public void add(ExceptionRecord exception) {
        session.persist(new ExceptionEntity(exception));
    }

    @Override
    public Optional<ExceptionRecord> find(UUID id) {
        return session.createSelectionQuery("from ExceptionEntity where id = :id", ExceptionEntity.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .map(ExceptionEntity::toRecord);
    }

    @Override
    public List<ExceptionRecord> list(@Nullable UUID after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("The limit is %d; ask for 1 to %d.".formatted(limit, MAX_LIMIT));
        }
        return session
                .createSelectionQuery(
                        "select e.id, e.at, e.type, e.accession, e.source, e.summary, e.closedAt from ExceptionEntity e"
                                + " where e.seq < :before order by e.seq desc",
                        Row.class)
                .setParameter("before", after == null ? Long.MAX_VALUE : seqOf(after))
                .setMaxResults(limit)
                .list()
                .stream()
                .map(Row::toRecord)
                .toList();
    }

    @Override
    public Set<String> goingOn(String prefix) {
        // few at a time: a cause is a destination
        return session.createNativeQuery("select cause from open_exception", String.class).list().stream()
                .filter(cause -> cause.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    @Override
    public void goesOn(String cause, UUID exception) {
        session.createNativeMutationQuery(
                        "insert into open_exception (cause, exception_id) values (:cause, :exception)")
                .setParameter("cause", cause)
                .setParameter("exception", exception)
                .executeUpdate();
    }

    @Override
    public boolean close(String cause, Instant at) {
        session.createNativeMutationQuery("update exception_record set closed_at = :at where id ="
                        + " (select exception_id from open_exception where cause = :cause)")
                .setParameter("at", at)
                .setParameter("cause", cause)
                .executeUpdate();
        return session.createNativeMutationQuery("delete from open_exception where cause = :cause")
                        .setParameter("cause", cause)
                        .executeUpdate()
                > 0;
    }

    private long seqOf(UUID id) {
        return session.createSelectionQuery("select e.seq from ExceptionEntity e where e.id = :id", Long.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElse(0L);
    }

    /** A line of the list: without the evidence, which may be large. */
    record Row(
            UUID id,
            Instant at,
            ExceptionType type,
            @Nullable String accession,
            String source,
            String summary,
            @Nullable Instant closedAt) {

        ExceptionRecord toRecord() {
            return new ExceptionRecord(
                    id,
                    at,
                    type,
                    accession == null ? null : AccessionNumber.ofKey(accession),
                    source,
                    summary,
                    ExceptionRecord.Evidence.NONE,
                    closedAt);
        }
    }
}
