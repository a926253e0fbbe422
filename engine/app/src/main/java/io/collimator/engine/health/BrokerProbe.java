package io.collimator.engine.health;

import io.collimator.engine.console.HealthState;
import io.collimator.engine.messaging.BrokerCheck;
import io.collimator.engine.messaging.BrokerException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker lets us in, has its queues and takes messages. What it does not take waits in the outbox, so that the
 * engine goes on without it. One caller at a time.
 */
public final class BrokerProbe implements Supplier<HealthState> {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);

    private final BrokerCheck check;
    private final BooleanSupplier isDiskFull;
    private List<String> known = List.of();

    public BrokerProbe(BrokerCheck check, BooleanSupplier isDiskFull) {
        this.check = check;
        this.isDiskFull = isDiskFull;
    }

    @Override
    public HealthState get() {
        Map<String, Long> queues;
        try {
            queues = check.look();
        } catch (BrokerException e) {
            LOG.debug("The broker does not answer", e);
            return HealthState.degraded(
                    "The broker does not answer; check that it runs and collimator.jms.url. Notices wait in the outbox.");
        }
        List<String> missing = queues.entrySet().stream()
                .filter(queue -> queue.getValue() == BrokerCheck.MISSING)
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            String detail =
                    "The broker has no queue %s: what is sent there fails. Make it there, or correct collimator.jms.queues."
                            .formatted(String.join(", ", missing));
            if (!missing.equals(known)) {
                LOG.warn("{}", detail);
            }
            known = missing;
            return HealthState.degraded(detail);
        }
        known = missing;
        if (isDiskFull.getAsBoolean()) {
            return HealthState.degraded(
                    "The broker takes no messages because its disk is fuller than collimator.jms.max-disk-usage-percent. Notices wait in the outbox.");
        }
        return HealthState.up("The broker answers; %d queues are there.".formatted(queues.size()));
    }
}
