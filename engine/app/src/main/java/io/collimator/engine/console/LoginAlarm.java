package io.collimator.engine.console;

import io.collimator.engine.schedule.EverySecond;
import io.collimator.workflow.usecase.RecordLoginFailures;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the failed logins once a second: an account with several gets one exception {@code login-failures}, which ends when there was
 * none for a quarter of an hour. What the database does not take now is told it later.
 */
public final class LoginAlarm implements AutoCloseable {

    /** Less is somebody who mistypes. */
    private static final int SEVERAL = 5;

    private final LoginAttempts attempts;
    private final RecordLoginFailures useCase;
    private final EverySecond looks;

    /** Those for which an exception goes on; null until the database has said so. */
    private @Nullable Set<String> raised;

    public LoginAlarm(LoginAttempts attempts, RecordLoginFailures useCase) {
        this.attempts = attempts;
        this.useCase = useCase;
        this.looks = new EverySecond("logins", "The failed logins", this::lookNow);
    }

    public void start() {
        looks.start();
    }

    /** Looks once; for the scheduler and for tests. */
    synchronized void lookNow() {
        Set<String> known = raised;
        if (known == null) {
            known = new HashSet<>(useCase.goingOn());
            raised = known;
        }
        Map<String, LoginAttempts.Spell> spells = attempts.spells();
        for (Map.Entry<String, LoginAttempts.Spell> entry : spells.entrySet()) {
            LoginAttempts.Spell spell = entry.getValue();
            if (spell.times() >= SEVERAL && !known.contains(entry.getKey())) {
                useCase.begin(
                        new RecordLoginFailures.Failures(entry.getKey(), spell.since(), spell.times(), spell.from()));
                known.add(entry.getKey());
            }
        }
        for (String account : Set.copyOf(known)) {
            if (!spells.containsKey(account)) {
                useCase.end(account);
                known.remove(account);
            }
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
