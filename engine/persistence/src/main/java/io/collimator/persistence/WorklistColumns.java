package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.worklist.FoldedName;
import io.collimator.workflow.worklist.StepStart;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a query on the worklist can be narrowed down by, taken from an entry.
 *
 * @param startAt {@link #UNKNOWN_START} when the entry has no start date
 * @param modality in upper case
 * @param stations AE titles in upper case
 * @param names folded component groups of the patient's name
 */
record WorklistColumns(
        LocalDateTime startAt, String modality, Set<ScheduledStepEntity.Station> stations, Set<String> names) {

    /** After every known start, so that the order of entries is total. */
    static final LocalDateTime UNKNOWN_START = LocalDateTime.of(9999, 12, 31, 0, 0);

    static final int MAX_NAME = 400;

    /** Longest value of every other key; what a query asks for is cut alike. */
    static final int MAX_KEY = 64;

    /** Cut to what both databases store: microseconds. */
    static LocalDateTime representable(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static WorklistColumns of(DataSet entry) {
        DataSet step = entry.item(Tags.ScheduledProcedureStepSequence);
        LocalDateTime start = StepStart.of(step).earliest().orElse(UNKNOWN_START);
        Set<ScheduledStepEntity.Station> stations = new HashSet<>();
        for (String aeTitle : step.texts(Tags.ScheduledStationAETitle)) {
            stations.add(
                    new ScheduledStepEntity.Station(ColumnText.cut(aeTitle.toUpperCase(Locale.ROOT), MAX_KEY), start));
        }
        Set<String> names = new HashSet<>();
        for (String group : FoldedName.of(entry.text(Tags.PatientName)).groups()) {
            names.add(ColumnText.cut(group, MAX_NAME));
        }
        names.remove("");
        String modality = ColumnText.cut(step.text(Tags.Modality).toUpperCase(Locale.ROOT), MAX_KEY);
        return new WorklistColumns(start, modality, stations, names);
    }
}
