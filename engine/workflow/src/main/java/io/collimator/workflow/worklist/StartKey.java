package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DateRange;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.TimeRange;
import io.collimator.dicom.dictionary.Tags;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys start date (0040,0002) and start time (0040,0003) of a query, taken together: with a date, a range of times
 * runs from the first day's first time to the last day's last time (PS3.4 Table K.6-1); a single time is a time of each
 * day.
 *
 * @param dates null when the key is universal
 * @param times null when the key is universal
 * @param combined both are there and the times are a range
 */
record StartKey(@Nullable DateRange dates, @Nullable TimeRange times, boolean combined) {

    static StartKey of(DataSet keys) {
        String date = value(keys, Tags.ScheduledProcedureStepStartDate);
        String time = value(keys, Tags.ScheduledProcedureStepStartTime);
        DateRange dates = date.isEmpty() || isUniversal(date) ? null : dates(date);
        TimeRange times = time.isEmpty() || isUniversal(time) ? null : times(time);
        return new StartKey(dates, times, dates != null && times != null && time.indexOf('-') >= 0);
    }

    private static boolean isUniversal(String value) {
        return new TextPattern(value).isUniversal();
    }

    private static String value(DataSet keys, Tag tag) {
        List<String> values = KeyTest.nonEmpty(tag, keys.texts(tag));
        if (values.size() > 1) {
            throw new MalformedKeyException(tag, "%d values; one value or one range".formatted(values.size()));
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    private static DateRange dates(String text) {
        try {
            return DateRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeyException(Tags.ScheduledProcedureStepStartDate, KeyTest.NO_DATE);
        }
    }

    private static TimeRange times(String text) {
        try {
            return TimeRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeyException(Tags.ScheduledProcedureStepStartTime, KeyTest.NO_TIME);
        }
    }

    /** Whether every start matches. */
    boolean isUniversal() {
        return dates == null && times == null;
    }

    /** An unknown date matches only a universal key; a date without a time is every time of its day: shown, not hidden. */
    boolean matches(StepStart start) {
        LocalDate date = start.date();
        LocalTime time = start.time();
        if (date == null && (dates != null || time == null)) {
            return isUniversal();
        }
        if (combined && date != null) {
            LocalDateTime earliest = date.atTime(time == null ? LocalTime.MIN : time);
            LocalDateTime latest = date.atTime(time == null ? LocalTime.MAX : time);
            return from().map(first -> !latest.isBefore(first)).orElse(true)
                    && to().map(last -> !earliest.isAfter(last)).orElse(true);
        }
        return (dates == null || date == null || dates.contains(date))
                && (times == null || time == null || times.contains(time));
    }

    /** The earliest start in question. */
    Optional<LocalDateTime> from() {
        LocalTime first = combined && times != null ? times.from().orElse(LocalTime.MIDNIGHT) : LocalTime.MIDNIGHT;
        return dates == null ? Optional.empty() : dates.from().map(date -> date.atTime(first));
    }

    /** The same as stores know it: there a step without a time stands at the beginning of its day. */
    Optional<LocalDateTime> storedFrom() {
        return from().map(first -> first.toLocalDate().atStartOfDay());
    }

    /** The latest start in question. */
    Optional<LocalDateTime> to() {
        LocalTime last = combined && times != null ? times.to().orElse(LocalTime.MAX) : LocalTime.MAX;
        return dates == null ? Optional.empty() : dates.to().map(date -> date.atTime(last));
    }
}
