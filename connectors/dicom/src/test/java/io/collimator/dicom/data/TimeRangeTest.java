package io.collimator.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10,                10:00:00,        10:59:59.999999",
        "1030,              10:30:00,        10:30:59.999999",
        "103015,            10:30:15,        10:30:15.999999",
        "103015.5,          10:30:15.5,      10:30:15.599999",
        "103015.123456,     10:30:15.123456, 10:30:15.123456",
        "10:30:15,          10:30:15,        10:30:15.999999",
        "10:30,             10:30:00,        10:30:59.999999",
        "0000-2359,         00:00:00,        23:59:59.999999",
        "1000-1800,         10:00:00,        18:00:59.999999",
        "1000 - 18,         10:00:00,        18:59:59.999999",
        "10:00-18:00,       10:00:00,        18:00:59.999999",
        "1000-,             10:00:00,",
        "-1000,             ,                10:00:59.999999",
        "1800-0600,         18:00:00,        06:00:59.999999",
        "235960,            23:59:59.999999, 23:59:59.999999"
    })
    void reads_a_time_or_a_range_of_times_by_its_precision(String key, LocalTime from, LocalTime to) {
        TimeRange range = TimeRange.parse(key);

        assertThat(range.from().orElse(null)).isEqualTo(from);
        assertThat(range.to().orElse(null)).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                " - ",
                "1",
                "101",
                "10301",
                "24",
                "2400",
                "240000",
                "1060",
                "103061",
                "1030.5",
                "103015.",
                "103015.1234567",
                "10:3015",
                "1000-1100-1200",
                "noon",
                "10-xx"
            })
    void refuses_what_is_neither(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> TimeRange.parse(key));
    }

    @Test
    void has_the_last_half_minute_of_a_day_that_ends_at_2359() {
        TimeRange day = TimeRange.parse("0000-2359");

        assertThat(day.contains(LocalTime.of(23, 59, 30))).isTrue();
        assertThat(TimeRange.parse("10").contains(LocalTime.of(11, 0))).isFalse();
        assertThat(TimeRange.parse("1800-0600").contains(LocalTime.of(20, 0))).isFalse();
    }

    @Test
    void writes_a_time_as_it_reads_it() {
        assertThat(DicomTime.format(LocalTime.of(9, 5, 7))).isEqualTo("090507");
        assertThat(DicomTime.format(LocalTime.of(9, 5, 7, 50_000_000))).isEqualTo("090507.050000");
        assertThat(DicomTime.parse("090507.05")).isEqualTo(LocalTime.of(9, 5, 7, 50_000_000));
        assertThat(DicomTime.isValid("0905")).isTrue();
        assertThat(DicomTime.isValid("2400")).isFalse();
    }
}
