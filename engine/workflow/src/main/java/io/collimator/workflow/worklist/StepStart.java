package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDate;
import io.collimator.dicom.data.DicomTime;
import io.collimator.dicom.dictionary.Tags;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Start date (0040,0002) and time (0040,0003) of a scheduled step, local as written.
 *
 * @param date null when the entry has none that can be read
 * @param time null when the entry has none that can be read
 */
public record StepStart(@Nullable LocalDate date, @Nullable LocalTime time) {

    /** Reads the item of the Scheduled Procedure Step Sequence. */
    public static StepStart of(DataSet step) {
        String date = step.text(Tags.ScheduledProcedureStepStartDate);
        String time = step.text(Tags.ScheduledProcedureStepStartTime);
        return new StepStart(
                DicomDate.isValid(date) ? DicomDate.parse(date) : null,
                DicomTime.isValid(time) ? DicomTime.parse(time) : null);
    }

    /** The earliest moment that it can mean; empty without a date. */
    public Optional<LocalDateTime> earliest() {
        return date == null ? Optional.empty() : Optional.of(date.atTime(time == null ? LocalTime.MIDNIGHT : time));
    }
}
