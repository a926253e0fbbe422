package io.collimator.engine.metrics;

import io.collimator.engine.destination.DestinationStatus;
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
 * @param mllpBytes held by unfinished frames and messages that are not answered
 * @param mllpCrowdedOut MLLP connections closed for want of room, since the start, by kind
 * @param mllpLosses what did not reach its end before its MLLP connection did, since the start, by kind
 * @param relayFailing whether notices do not reach the broker
 * @param queues of the embedded broker; empty when the broker is another one, which has metrics of its own
 * @param outbox what waits for the relay
 * @param hiddenSteps counts the steps that the worklist hides; may throw StorageException
 * @param destinations what each of them does
 * @param mappingVersion the version that runs; 0 for none
 * @param forgotten what was forgotten because it was finished and old, since the start, by kind
 * @param databaseBytes what the database takes of its disk; may throw StorageException
 * @param dataFolder whose disk is looked at
 */
public record MetricSources(
        IntSupplier mllpConnections,
        LongSupplier mllpBytes,
        Supplier<Map<String, Long>> mllpCrowdedOut,
        Supplier<Map<String, Long>> mllpLosses,
        BooleanSupplier relayFailing,
        Supplier<List<QueueDepth>> queues,
        OutboxGauge outbox,
        LongSupplier hiddenSteps,
        IntSupplier mappingVersion,
        Supplier<List<DestinationStatus>> destinations,
        Supplier<Map<String, Long>> forgotten,
        LongSupplier databaseBytes,
        Path dataFolder,
        Clock clock) {}
