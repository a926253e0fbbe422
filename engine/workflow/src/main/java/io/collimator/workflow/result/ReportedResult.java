package io.collimator.workflow.result;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One OBR of a result message.
 *
 * @param placer OBR-2, else ORC-2; null when there is none
 * @param filler OBR-3, else ORC-3; null when there is none
 * @param accession OBR-18; null when there is none that can be
 * @param procedure OBR-4: code and coding system, else the text; empty when there is none
 * @param reportedAt OBR-22; null when there is none that can be read, or it is a date alone
 */
public record ReportedResult(
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable AccessionNumber accession,
        String procedure,
        ResultStatus status,
        @Nullable Instant reportedAt) {}
