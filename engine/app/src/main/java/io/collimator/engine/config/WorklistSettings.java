package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import io.collimator.workflow.worklist.StepStatus;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a worklist query sees.
 *
 * @param visibleStatuses what a query that names no status sees
 * @param hideAfterDays older steps that nobody began are hidden
 * @param maxResponses beyond it the query ends with A700H
 * @param maxCandidateRows rows that one query may look through
 * @param hideWithoutStation whether steps without a station are left out of queries that name none
 * @param timeWhenOnlyADate start time of a step whose order says only a date
 */
public record WorklistSettings(
        Set<StepStatus> visibleStatuses,
        int hideAfterDays,
        int maxResponses,
        int maxCandidateRows,
        boolean hideWithoutStation,
        LocalTime timeWhenOnlyADate) {

    public WorklistSettings {
        visibleStatuses = Set.copyOf(visibleStatuses);
    }

    static WorklistSettings read(SettingsReader in) {
        in.section("Worklist");
        List<StepStatus> statuses = in.list(
                "collimator.worklist.visible-statuses",
                "SCHEDULED,ARRIVED,READY",
                "terms of Scheduled Procedure Step Status (0040,0020)",
                WorklistSettings::status,
                "What a query that names no status sees.");
        return new WorklistSettings(
                EnumSet.copyOf(statuses),
                in.integer(
                        "collimator.worklist.hide-after-days",
                        30,
                        new Range(1, 3_650, "days"),
                        "Older steps that nobody began are hidden, never deleted."),
                in.integer(
                        "collimator.worklist.max-responses",
                        2_000,
                        new Range(1, 100_000, "entries"),
                        "Beyond it the query ends with A700H and a comment, except for peers with truncateWorklist."),
                in.integer(
                        "collimator.worklist.max-candidate-rows",
                        20_000,
                        new Range(1, 1_000_000, "rows"),
                        "Entries that one query may look through for keys which the database cannot match; beyond it the query ends with A700H and a comment."),
                in.parsed(
                        "collimator.worklist.hide-without-station",
                        "false",
                        "true or false",
                        SettingsReader::yesOrNo,
                        "Whether steps that have no station are left out of queries that name none; they are listed as no-station exceptions either way."),
                in.parsed(
                        "collimator.worklist.time-when-only-a-date",
                        "000000",
                        "a time of day, HHMMSS",
                        WorklistSettings::time,
                        "Start time that is answered for a step whose order says only a date; queries find it by every time of that day."));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text, DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<StepStatus> status(String text) {
        return Arrays.stream(StepStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst();
    }
}
