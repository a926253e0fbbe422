package io.collimator.workflow.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.testing.CountingIdentifiers;
import io.collimator.workflow.testing.MemoryStore;
import io.collimator.workflow.testing.TestClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRefusalTest {

    private final TestClock clock = new TestClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final CountingIdentifiers identifiers = new CountingIdentifiers();

    private RecordRefusal in(String zone) {
        Notices notices = new Notices(clock, identifiers, (id, at, notice) -> "");
        return new RecordRefusal(new AcceptOrder.Context(store, clock, identifiers, notices), ZoneId.of(zone));
    }

    private static RecordRefusal.Refusal from(String source, String reason) {
        return new RecordRefusal.Refusal(source, null, reason, ExceptionRecord.Evidence.NONE);
    }

    private List<String> told() {
        return store.raised().stream().map(ExceptionRecord::summary).toList();
    }

    @Test
    void the_first_of_a_source_and_day_is_kept() {
        assertThat(in("UTC").recordOnceADay(from("ADT1", "a"))).isTrue();
        assertThat(in("UTC").recordOnceADay(from("ADT1", "b"))).isFalse();
        assertThat(in("UTC").recordOnceADay(from("ADT2", "c"))).isTrue();

        clock.advance(Duration.ofDays(1));
        assertThat(in("UTC").recordOnceADay(from("ADT1", "d"))).isTrue();

        assertThat(told()).containsExactly("a", "c", "d");
    }

    @ParameterizedTest
    @CsvSource({"UTC, false", "Pacific/Kiritimati, true", "America/Los_Angeles, false"})
    void a_day_is_one_of_the_sites_time_zone(String zone, boolean isNextDay) {
        in(zone).recordOnceADay(from("ADT1", "at 08:00 UTC"));

        clock.advance(Duration.ofHours(6));

        assertThat(in(zone).recordOnceADay(from("ADT1", "at 14:00 UTC"))).isEqualTo(isNextDay);
    }
}
