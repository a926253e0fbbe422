package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDate;
import io.collimator.dicom.data.DicomTime;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Start date (0040,0002) and time (0040,0003) of a scheduled step, local as written.
 *
 * @param date null when the entry has none that can be read
 * @param time null when the entry has none that can be read
 */
public record StepStart(@Nullable LocalDate date, @Nullable LocalTime time) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    /** Reads the item of the Scheduled Procedure Step Sequence. */
    public static StepStart of(DataSet step) {
        String date = step.text(Tags.ScheduledProcedureStepStartDate);
        String time = step.text(Tags.ScheduledProcedureStepStartTime);
        return new StepStart(
                DicomDate.isValid(date) ? DicomDate.parse(date) : null,
                DicomTime.isValid(time) ? DicomTime.parse(time) : null);
    }

    /** Whether the item of the Scheduled Procedure Step Sequence has a start date and no start time. */
    public static boolean isOnlyADate(DataSet step) {
        return step.hasValue(Tags.ScheduledProcedureStepStartDate)
                && !step.hasValue(Tags.ScheduledProcedureStepStartTime);
    }

    /** Whether the other one says a day, and not what this one says; a day alone moves no time. */
    boolean isMovedBy(StepStart other) {
        boolean isOtherTime = other.time != null && !other.time.equals(time);
        return other.date != null && (!other.date.equals(date) || isOtherTime);
    }

    /** The entry as it is answered: its start time is never empty where it has a date (PS3.4 Table K.6-1, type 1). */
    static DataSet withTime(DataSet entry, LocalTime whenOnlyADate) {
        DataSet step = entry.item(Tags.ScheduledProcedureStepSequence);
        if (!isOnlyADate(step)) {
            return entry;
        }
        DataSet timed = step.with(
                new Element(Tags.ScheduledProcedureStepStartTime, Vr.TM, new Value.Text(TIME.format(whenOnlyADate))));
        return entry.with(new Element(Tags.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(timed))));
    }

    /** The earliest moment that it can mean; empty without a date. */
    public Optional<LocalDateTime> earliest() {
        return date == null ? Optional.empty() : Optional.of(date.atTime(time == null ? LocalTime.MIDNIGHT : time));
    }
}
