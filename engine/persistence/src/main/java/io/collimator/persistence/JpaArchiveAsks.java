package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveTransaction;
import io.collimator.workflow.port.ArchiveAsks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Questions to the archive by JPA. Finders read the row as it is now, because it may have been read before the lock. */
final class JpaArchiveAsks implements ArchiveAsks {

    private final Session session;

    JpaArchiveAsks(Session session) {
        this.session = session;
    }

    @Override
    public List<ArchiveAsk> due(Instant now, int max, Set<AeTitle> without) {
        String others = without.isEmpty() ? "" : " and (archive is null or archive not in (:without))";
        SelectionQuery<ArchiveAskEntity> due = session.createSelectionQuery(
                        "from ArchiveAskEntity where state in (DUE, SENDING, ASKED) and nextAt <= :now" + others
                                + " order by nextAt, key.request, key.batch",
                        ArchiveAskEntity.class)
                .setParameter("now", now)
                .setMaxResults(max);
        if (!without.isEmpty()) {
            due.setParameterList("without", without.stream().map(AeTitle::value).toList());
        }
        return due.list().stream().map(ArchiveAskEntity::toAsk).toList();
    }

    @Override
    public long countUntaken(AeTitle archive) {
        return session.createSelectionQuery(
                        "select count(*) from ArchiveAskEntity where state in (DUE, SENDING)"
                                + " and (archive is null or archive = :archive)",
                        Long.class)
                .setParameter("archive", archive.value())
                .getSingleResult();
    }

    @Override
    public void forgetArchives() {
        int ignored = session.createMutationQuery(
                        "update ArchiveAskEntity set archive = null where state in (DUE, SENDING, ASKED)"
                                + " and archive is not null")
                .executeUpdate();
    }

    @Override
    public Optional<ArchiveAsk> find(UUID request, int batch) {
        return fresh(ArchiveAskEntity.class, new ArchiveAskEntity.Key(request, batch))
                .map(ArchiveAskEntity::toAsk);
    }

    @Override
    public void save(ArchiveAsk ask) {
        @Nullable
        ArchiveAskEntity known =
                session.find(ArchiveAskEntity.class, new ArchiveAskEntity.Key(ask.request(), ask.batch()));
        if (known == null) {
            session.persist(new ArchiveAskEntity(ask));
        } else {
            known.apply(ask);
        }
    }

    @Override
    public Optional<ArchiveTransaction> findTransaction(Uid transaction) {
        return fresh(ArchiveTransactionEntity.class, transaction.value()).map(ArchiveTransactionEntity::toTransaction);
    }

    @Override
    public void save(ArchiveTransaction transaction) {
        @Nullable
        ArchiveTransactionEntity known = session.find(
                ArchiveTransactionEntity.class, transaction.transaction().value());
        if (known == null) {
            session.persist(new ArchiveTransactionEntity(transaction));
        } else {
            known.apply(transaction);
        }
    }

    private <T> Optional<T> fresh(Class<T> type, Object key) {
        session.flush();
        @Nullable T entity = session.find(type, key);
        if (entity != null) {
            // a later finder reads the row again
            session.detach(entity);
        }
        return Optional.ofNullable(entity);
    }
}
