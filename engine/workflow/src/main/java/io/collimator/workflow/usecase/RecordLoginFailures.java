package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Tells a person of failed logins, once for as long as they go on, and that they are over. Thread-safe. */
public final class RecordLoginFailures {

    private final Transactions transactions;
    private final OngoingExceptions ongoing;
    private final Clock clock;

    public RecordLoginFailures(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.ongoing = new OngoingExceptions(ExceptionType.LOGIN_FAILURES, context);
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
        String summary =
                "%d logins as %s over HTTP have failed since %s, the last one from %s. They are slowed and go on to be counted in collimator_http_failed_logins_total; find out who it is, or keep the address away from the port."
                        .formatted(failures.times(), failures.account(), failures.since(), failures.from());
        transactions.run(session -> {
            boolean unused = ongoing.begin(
                    session,
                    failures.account(),
                    new OngoingExceptions.Words(null, failures.from(), summary, Evidence.NONE));
        });
    }

    /**
     * Closes what goes on for an account.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public void end(String account) {
        transactions.run(session -> {
            boolean unused = OngoingExceptions.end(session, ExceptionType.LOGIN_FAILURES, account, clock.instant());
        });
    }

    /**
     * The accounts for which one goes on, also of a process before this one.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot say it now
     */
    public Set<String> goingOn() {
        return transactions.read(ongoing::goingOn);
    }
}
