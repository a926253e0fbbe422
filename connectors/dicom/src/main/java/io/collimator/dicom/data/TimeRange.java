package io.collimator.dicom.data;

import java.time.LocalTime;
import java.util.Optional;

/**
 * The times that a TM key of a query asks for (PS3.4 §C.2.2.2.5): one time, {@code a-b}, {@code a-} or {@code -b}. A time
 * means all of its precision: {@code 10} is 10:00:00 to 10:59:59.999999, and {@code 0000-2359} has 23:59:30.
 *
 * <p>A range may end before it starts, because together with two dates it is the start of the one and the end of the
 * other (PS3.4 Table K.6-1); alone it then contains nothing.
 *
 * @param from the first time, inclusive; empty when the range is open there
 * @param to the last time, inclusive; empty when the range is open there
 */
public record TimeRange(Optional<LocalTime> from, Optional<LocalTime> to) {

    /**
     * Reads a key that has a value; a key without one matches everything and is not a range. Blanks around the hyphen
     * do not count.
     *
     * @throws IllegalArgumentException when it is no time or range: a lone hyphen, a bad time
     */
    public static TimeRange parse(String value) {
        RangeText range = RangeText.parse(value);
        return new TimeRange(
                range.from().map(DicomTime::span).map(DicomTime.Span::first),
                range.to().map(DicomTime::span).map(DicomTime.Span::last));
    }

    public boolean contains(LocalTime time) {
        return from.map(first -> !time.isBefore(first)).orElse(true)
                && to.map(last -> !time.isAfter(last)).orElse(true);
    }
}
