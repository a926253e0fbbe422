package io.collimator.dicom.data;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The days that a DA key of a query asks for (PS3.4 §C.2.2.2.5): one day, {@code a-b}, {@code a-} or {@code -b}.
 *
 * @param from the first day, inclusive; empty when the range is open there
 * @param to the last day, inclusive; empty when the range is open there
 */
public record DateRange(Optional<LocalDate> from, Optional<LocalDate> to) {

    /**
     * Reads a key that has a value; a key without one matches everything and is not a range. Blanks around the hyphen
     * do not count.
     *
     * @throws IllegalArgumentException when it is no date or range: a lone hyphen, a bad date, an end before its start
     */
    public static DateRange parse(String value) {
        RangeText range = RangeText.parse(value);
        DateRange dates =
                new DateRange(range.from().map(DicomDate::parse), range.to().map(DicomDate::parse));
        if (dates.from.isPresent() && dates.to.isPresent() && dates.from.get().isAfter(dates.to.get())) {
            throw new IllegalArgumentException("The date range ends before it starts; write the earlier date first.");
        }
        return dates;
    }

    public boolean contains(LocalDate date) {
        return from.map(first -> !date.isBefore(first)).orElse(true)
                && to.map(last -> !date.isAfter(last)).orElse(true);
    }
}
