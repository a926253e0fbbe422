package io.collimator.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {

    @ParameterizedTest
    @CsvSource({
        "20260101,             2026-01-01, 2026-01-01",
        "20260101-20260103,    2026-01-01, 2026-01-03",
        "20260101 - 20260103,  2026-01-01, 2026-01-03",
        "' 20260101-20260101 ',2026-01-01, 2026-01-01",
        "20260101-,            2026-01-01,",
        "-20260101,            ,           2026-01-01",
        "2026.01.01,           2026-01-01, 2026-01-01",
        "2026.01.01-2026.02.28,2026-01-01, 2026-02-28",
        "20240229,             2024-02-29, 2024-02-29"
    })
    void reads_a_date_or_a_range_of_dates(String key, LocalDate from, LocalDate to) {
        DateRange range = DateRange.parse(key);

        assertThat(range.from().orElse(null)).isEqualTo(from);
        assertThat(range.to().orElse(null)).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                " - ",
                "20261301",
                "20260230",
                "00000000",
                "2026",
                "202601",
                "2026.0101",
                "20260101-2026",
                "20260101-20260102-20260103",
                "--20260101",
                "2026-01-01",
                "20260102-20260101",
                "today",
                "20260101T"
            })
    void refuses_what_is_neither(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> DateRange.parse(key));
    }

    @Test
    void does_not_show_a_date_that_may_be_a_birth_date() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateRange.parse("1961-1131"))
                .withMessageContaining("9999")
                .withMessageNotContaining("1961");
    }

    @Test
    void contains_both_of_its_ends() {
        DateRange range = DateRange.parse("20260101-20260103");

        assertThat(range.contains(LocalDate.of(2026, 1, 1))).isTrue();
        assertThat(range.contains(LocalDate.of(2026, 1, 3))).isTrue();
        assertThat(range.contains(LocalDate.of(2025, 12, 31))).isFalse();
        assertThat(range.contains(LocalDate.of(2026, 1, 4))).isFalse();
        assertThat(DateRange.parse("-20260101").contains(LocalDate.MIN)).isTrue();
        assertThat(DateRange.parse("20260101-").contains(LocalDate.MAX)).isTrue();
    }

    @Test
    void writes_a_date_as_it_reads_it() {
        LocalDate date = LocalDate.of(2026, 3, 1);

        assertThat(DicomDate.format(date)).isEqualTo("20260301");
        assertThat(DicomDate.parse(DicomDate.format(date))).isEqualTo(date);
        assertThat(DicomDate.isValid("20260301")).isTrue();
        assertThat(DicomDate.isValid("20260332")).isFalse();
    }
}
