package io.collimator.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.watch.RouteListener.End;
import io.collimator.camel.watch.RouteListener.Work;
import io.collimator.camel.watch.StepFailure;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RecordWaitingDelivery;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One exception for as long as it lasts, also when the process that raised it was killed. */
class DestinationAlarmIT {

    private static final String ROUTE = "deliver-status";
    private static final StepFailure REFUSED =
            new StepFailure("to1", "ris:2575", Duration.ZERO, new ConnectException("refused"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T08:15:00Z"));
    private final Clock clock =
            InstantSource.tick(now::get, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
    private final AtomicBoolean queueIsEmpty = new AtomicBoolean();
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID(), "sa", () -> ""), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A process that delivers status. */
    private final class Process {

        private final Destinations destinations = new Destinations(name -> Duration.ofSeconds(30), clock);
        private final DestinationAlarm alarm = new DestinationAlarm(
                destinations,
                new RecordWaitingDelivery(new AcceptOrder.Context(
                        database.transactions(),
                        clock,
                        UUID::randomUUID,
                        new Notices(clock, UUID::randomUUID, (id, at, notice) -> ""))),
                destination -> queueIsEmpty.get(),
                clock);

        Process delivering() {
            destinations.consumesQueue(ROUTE, "collimator.status");
            return this;
        }

        void begin(String message) {
            destinations.begun(new Work(ROUTE, message, ""));
        }

        void fail(String message) {
            destinations.stepFailed(new Work(ROUTE, message, ""), REFUSED);
        }

        void end(String message, End end) {
            destinations.ended(new Work(ROUTE, message, ""), end, end == End.WELL ? null : REFUSED);
        }
    }

    private List<ExceptionRecord> exceptions() {
        return database.transactions().read(session -> session.exceptions().list(null, 100));
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void what_waits_for_less_than_it_may_is_no_alarm() {
        Process process = new Process().delivering();
        process.begin("m1");
        process.fail("m1");
        pass(Duration.ofSeconds(29));

        process.alarm.lookNow();

        assertThat(process.destinations.statuses())
                .singleElement()
                .satisfies(status -> assertThat(status.waitingSince()).isNotNull());
        assertThat(exceptions()).isEmpty();
    }

    @Test
    void one_exception_is_raised_for_many_messages_and_closed_when_they_are_delivered() {
        Process process = new Process().delivering();
        for (String message : List.of("m1", "m2", "m3")) {
            process.begin(message);
            process.fail(message);
        }
        pass(Duration.ofSeconds(30));
        process.alarm.lookNow();
        process.alarm.lookNow();

        assertThat(exceptions()).singleElement().satisfies(exception -> {
            assertThat(exception.type()).isEqualTo(ExceptionType.DELIVERY_WAITING);
            assertThat(exception.source()).isEqualTo("status-delivery");
            assertThat(exception.summary()).contains("since 2026-11-22T08:15:00Z", "ris:2575 takes no connection");
            assertThat(exception.closedAt()).isNull();
        });

        process.end("m1", End.WELL);
        process.alarm.lookNow();
        assertThat(exceptions().get(0).closedAt()).as("others still wait").isNull();
        process.end("m2", End.WELL);
        process.end("m3", End.WELL);
        process.alarm.lookNow();

        assertThat(exceptions())
                .singleElement()
                .satisfies(exception -> assertThat(exception.closedAt()).isEqualTo(now.get()));
    }

    @Test
    void a_mute_receiver_is_told_of_before_its_answer_times_out() {
        Process process = new Process().delivering();
        process.begin("m1");
        pass(Duration.ofSeconds(30));

        process.alarm.lookNow();

        assertThat(exceptions())
                .singleElement()
                .satisfies(exception -> assertThat(exception.summary()).contains("has not answered yet"));
    }

    @Test
    void messages_that_go_back_to_their_queue_each_time_wait_since_the_first_one() {
        Process process = new Process().delivering();
        for (int delivery = 0; delivery < 10; delivery++) {
            process.begin("d" + delivery);
            process.fail("d" + delivery);
            process.end("d" + delivery, End.FAILED);
            pass(Duration.ofSeconds(4));
        }
        process.alarm.lookNow();
        assertThat(exceptions())
                .singleElement()
                .satisfies(exception -> assertThat(exception.summary()).contains("since 2026-11-22T08:15:00Z"));

        queueIsEmpty.set(true); // someone took them
        process.alarm.lookNow();
        assertThat(exceptions().get(0).closedAt()).isNotNull();
    }

    @Test
    void what_a_killed_process_left_open_goes_on_or_ends_and_is_never_doubled() {
        Process killed = new Process().delivering();
        killed.begin("m1");
        killed.fail("m1");
        pass(Duration.ofSeconds(30));
        killed.alarm.lookNow();

        Process next = new Process().delivering();
        next.alarm.lookNow();
        assertThat(exceptions().get(0).closedAt()).as("nothing is known yet").isNull();
        next.begin("m1");
        next.fail("m1");
        pass(Duration.ofSeconds(30));
        next.alarm.lookNow();
        assertThat(exceptions()).hasSize(1);
        next.end("m1", End.WELL);
        next.alarm.lookNow();
        assertThat(exceptions())
                .singleElement()
                .satisfies(exception -> assertThat(exception.closedAt()).isNotNull());

        killed.begin("m2");
        killed.fail("m2");
        assertThat(exceptions()).hasSize(1);
    }

    @Test
    void what_was_left_open_ends_when_nothing_waits_or_nobody_delivers() {
        Process killed = new Process().delivering();
        killed.begin("m1");
        killed.fail("m1");
        pass(Duration.ofSeconds(30));
        killed.alarm.lookNow();

        new Process().alarm.lookNow();
        assertThat(exceptions().get(0).closedAt()).isNotNull();

        killed.end("m1", End.WELL);
        killed.alarm.lookNow();
        killed.begin("m2");
        killed.fail("m2");
        pass(Duration.ofSeconds(30));
        killed.alarm.lookNow();
        assertThat(exceptions()).hasSize(2);
        queueIsEmpty.set(true);
        new Process().delivering().alarm.lookNow();
        assertThat(exceptions()).allMatch(exception -> exception.closedAt() != null);
    }
}
