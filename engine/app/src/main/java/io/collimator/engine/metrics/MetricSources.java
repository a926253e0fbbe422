package io.collimator.engine.metrics;

import io.collimator.workflow.port.Transactions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the gauges look when they are asked.
 *
 * @param mllpConnections open connections of senders
 * @param mllpLosses what did not reach its end before its MLLP connection did, since the start, by kind
 * @param relayFailing whether notices do not reach the broker
 * @param queues of the embedded broker; empty when the broker is another one, which has metrics of its own
 * @param transactions to look into the outbox
 * @param hiddenSteps counts the steps that the worklist hides; may throw StorageException
 * @param mappingVersion the version that runs; 0 for none
 * @param databaseBytes what the database takes of its disk; may throw StorageException
 * @param dataFolder whose disk is looked at
 */
public record MetricSources(
        IntSupplier mllpConnections,
        Supplier<Map<String, Long>> mllpLosses,
        BooleanSupplier relayFailing,
        Supplier<List<QueueDepth>> queues,
        Transactions transactions,
        LongSupplier hiddenSteps,
        IntSupplier mappingVersion,
        LongSupplier databaseBytes,
        Path dataFolder,
        Clock clock) {}
