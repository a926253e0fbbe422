package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a person of failed logins, once for as long as they go on, and that they are over. Thread-safe. */
public final class RecordLoginFailures {

    private static final String CAUSE = "login-failures/";

    private final Transactions transactions;
    private final Notices notices;
    private final Identifiers identifiers;
    private final Clock clock;

    public RecordLoginFailures(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.notices = context.notices();
        this.identifiers = context.identifiers();
        this.clock = context.clock();
    }

    /**
     * Failed logins.
     *
     * @param account a word of ours, at most 100 characters: what was sent may be the password
     * @param since the first one
     * @param times how many so far
     * @param from the address of the last one
     */
    public record Failures(String account, Instant since, long times, String from) {}

    /**
     * Raises {@code login-failures} unless one goes on for this account.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public void begin(Failures failures) {
        transactions.run(session -> raise(session, failures));
    }

    private void raise(Session session, Failures failures) {
        String cause = CAUSE + failures.account();
        if (session.exceptions().goingOn(cause).contains(cause)) {
            return;
        }
        ExceptionRecord exception = new ExceptionRecord(
                identifiers.newId(),
                clock.instant(),
                ExceptionType.LOGIN_FAILURES,
                null,
                failures.from(),
                "%d logins as %s over HTTP have failed since %s, the last one from %s. They are slowed and go on to be counted in collimator_http_failed_logins_total; find out who it is, or keep the address away from the port."
                        .formatted(failures.times(), failures.account(), failures.since(), failures.from()),
                Evidence.NONE);
        session.exceptions().goesOn(cause, exception.id());
        notices.exception(session, exception);
    }

    /**
     * Closes what goes on for an account.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public void end(String account) {
        transactions.run(session -> {
            boolean unused = session.exceptions().close(CAUSE + account, clock.instant());
        });
    }

    /**
     * The accounts for which one goes on, also of a process before this one.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot say it now
     */
    public Set<String> goingOn() {
        return transactions.read(session -> session.exceptions().goingOn(CAUSE)).stream()
                .map(cause -> cause.substring(CAUSE.length()))
                .collect(Collectors.toSet());
    }
}
