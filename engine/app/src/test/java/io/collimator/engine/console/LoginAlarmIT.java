package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.engine.metrics.Metrics;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RecordLoginFailures;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One exception for as long as logins fail, and its end. */
class LoginAlarmIT {

    private static final InetAddress FROM = InetAddress.getLoopbackAddress();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T08:00:00Z"));
    private final Clock clock =
            InstantSource.tick(now::get, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID(), "sa", () -> ""), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private LoginAlarm alarm(LoginAttempts attempts) {
        return new LoginAlarm(
                attempts,
                new RecordLoginFailures(new AcceptOrder.Context(
                        database.transactions(),
                        clock,
                        UUID::randomUUID,
                        new Notices(clock, UUID::randomUUID, (id, at, notice) -> ""))));
    }

    private LoginAttempts attempts() {
        return new LoginAttempts(new Metrics().logins(), clock);
    }

    private static void fail(LoginAttempts attempts, String account, int times) {
        for (int i = 0; i < times; i++) {
            attempts.wrong(account, FROM);
        }
    }

    private List<ExceptionRecord> exceptions() {
        return database.transactions().read(session -> session.exceptions().list(null, 100));
    }

    @Test
    void somebody_who_mistypes_is_no_alarm() {
        LoginAttempts attempts = attempts();
        LoginAlarm alarm = alarm(attempts);
        fail(attempts, "admin", 4);

        alarm.lookNow();

        assertThat(exceptions()).isEmpty();
    }

    @Test
    void one_exception_an_account_is_raised_and_closed_after_a_quarter_of_an_hour() {
        LoginAttempts attempts = attempts();
        LoginAlarm alarm = alarm(attempts);
        for (int i = 0; i < 3; i++) {
            fail(attempts, "admin", 5);
            fail(attempts, "other", 5);
            alarm.lookNow();
        }

        assertThat(exceptions()).hasSize(2).allSatisfy(exception -> {
            assertThat(exception.type()).isEqualTo(ExceptionType.LOGIN_FAILURES);
            assertThat(exception.source()).isEqualTo(FROM.getHostAddress());
            assertThat(exception.closedAt()).isNull();
        });
        now.updateAndGet(time -> time.plus(LoginAttempts.QUIET));
        alarm.lookNow();
        assertThat(exceptions())
                .hasSize(2)
                .allSatisfy(exception -> assertThat(exception.closedAt()).isNotNull());
    }

    @Test
    void what_a_process_left_open_is_closed_by_the_next_one() {
        LoginAttempts attempts = attempts();
        fail(attempts, "admin", 5);
        alarm(attempts).lookNow();

        alarm(attempts()).lookNow();

        assertThat(exceptions())
                .singleElement()
                .satisfies(exception -> assertThat(exception.closedAt()).isNotNull());
    }
}
