package io.collimator.engine.config;

import io.collimator.workflow.port.Retention.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long what is finished is kept. What is unfinished is kept without end.
 *
 * @param notices that were sent; a broker that was wiped is filled from these
 * @param accessions after the last event of one that is finished
 * @param closedExceptions after they were closed
 * @param openEvidence what an exception keeps of what was received, while it is open
 * @param results after they came
 * @param commitments questions to the archive, after all that they asked for was committed
 * @param patients whom nothing refers to, and what stood under a number before a merge
 */
public record RetentionSettings(
        Duration notices,
        Duration accessions,
        Duration closedExceptions,
        Duration openEvidence,
        Duration results,
        Duration commitments,
        Duration patients) {

    private static final int TEN_YEARS = 3_650;

    /**
     * The time of every kind.
     *
     * @param messages how long received messages are kept
     */
    public Map<Kind, Duration> keptFor(Duration messages) {
        return Arrays.stream(Kind.values())
                .collect(Collectors.toMap(Function.identity(), kind -> keptFor(kind, messages)));
    }

    private Duration keptFor(Kind kind, Duration messages) {
        return switch (kind) {
            case NOTICES -> notices;
            case MESSAGES, EARLY_STOPS -> messages;
            case ACCESSIONS -> accessions;
            case CLOSED_EXCEPTIONS -> closedExceptions;
            case OPEN_EVIDENCE -> openEvidence;
            case RESULTS, RESULT_LINES -> results;
            case ARCHIVE_QUESTIONS -> commitments;
            case PATIENTS, MERGED_PATIENTS -> patients;
        };
    }

    static RetentionSettings read(SettingsReader in) {
        in.section("Retention of what is finished");
        return new RetentionSettings(
                in.duration(
                        "collimator.retention.notices-days",
                        30,
                        TEN_YEARS,
                        "How long a notice is kept after it was sent; a broker that was wiped can be filled with these."),
                in.duration(
                        "collimator.retention.accessions-days",
                        400,
                        TEN_YEARS,
                        "How long timeline and details of a finished accession are kept after its last event; who, what and both states stay."),
                in.duration(
                        "collimator.retention.closed-exceptions-days",
                        90,
                        TEN_YEARS,
                        "How long an exception is kept after it was closed."),
                in.duration(
                        "collimator.retention.open-evidence-days",
                        400,
                        TEN_YEARS,
                        "How long an open exception keeps what was received; the exception itself stays."),
                in.duration(
                        "collimator.retention.results-days",
                        400,
                        TEN_YEARS,
                        "How long results, and how far they have come, are kept; a preliminary one after a final one is held back for that long."),
                in.duration(
                        "collimator.retention.commitments-days",
                        400,
                        TEN_YEARS,
                        "How long questions to the archive are kept after all that they asked for was committed."),
                in.duration(
                        "collimator.retention.patients-days",
                        400,
                        TEN_YEARS,
                        "How long a patient whom nothing refers to is kept, and what stood under a number before it was merged."));
    }
}
