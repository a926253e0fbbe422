package io.collimator.persistence;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction is an entity manager of its own; what loses a race runs again. */
final class JpaTransactions extends Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(JpaTransactions.class);

    private final EntityManagerFactory entityManagers;
    private final Clock clock;
    private final WriteRetry retry;
    private final CancelWatch cancelWatch;
    private final AnswerLimit limit;

    JpaTransactions(
            EntityManagerFactory entityManagers,
            Clock clock,
            WriteRetry retry,
            CancelWatch cancelWatch,
            AnswerLimit limit) {
        this.entityManagers = entityManagers;
        this.cancelWatch = cancelWatch;
        this.clock = clock;
        this.retry = retry;
        this.limit = limit;
    }

    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        return limit.unit(() -> attempts(work));
    }

    private <T> Committed<T> attempts(Function<Session, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                T value = inTransaction(work, true);
                return committed(value, clock.instant());
            } catch (PersistenceException e) {
                if (!LostRace.isCauseOf(e)
                        || attempt >= retry.attempts()
                        || !limit.allowsAnotherAttempt()
                        || !retry.pauseAfter(attempt)) {
                    throw new StorageException(
                            "The store did not confirm a commit in %d attempt(s). Send again later: what is stored all the same is recognised then."
                                    .formatted(attempt),
                            e);
                }
                LOG.debug("Attempt {} lost a race and runs again", attempt, e);
            }
        }
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return limit.unit(() -> {
            try {
                return inTransaction(work, false);
            } catch (PersistenceException e) {
                throw new StorageException("The store did not answer; ask again later.", e);
            }
        });
    }

    private <T> T inTransaction(Function<Session, T> work, boolean commit) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            org.hibernate.Session session = entityManager.unwrap(org.hibernate.Session.class);
            session.setDefaultReadOnly(!commit);
            entityManager.getTransaction().begin();
            try {
                T value = work.apply(new JpaSession(session, cancelWatch));
                if (commit) {
                    entityManager.getTransaction().commit();
                }
                return value;
            } finally {
                if (entityManager.getTransaction().isActive()) {
                    rollBack(entityManager);
                }
            }
        }
    }

    /** What cannot be rolled back is gone with its connection; the first failure is the one that counts. */
    private static void rollBack(EntityManager entityManager) {
        try {
            entityManager.getTransaction().rollback();
        } catch (PersistenceException e) {
            LOG.debug("The connection was lost before the rollback", e);
        }
    }
}
