package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.ReceivedMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an order that is thought to be new is known by; null where its message does not say it.
 *
 * @param message that brings it
 * @param since messages before this are no repetitions
 */
public record NewOrderKeys(
        @Nullable AccessionNumber accession,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable Uid study,
        ReceivedMessage.Key message,
        Instant since) {}
