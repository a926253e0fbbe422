/**
 * From the outbox to the queues: {@link io.collimator.engine.messaging.Broker} is the embedded or an external ActiveMQ
 * Artemis, {@link io.collimator.engine.messaging.OutboxRelay} sends in order and once,
 * {@link io.collimator.engine.messaging.NoticeFormat} gives notices their form.
 */
@NullMarked
package io.collimator.engine.messaging;

import org.jspecify.annotations.NullMarked;
