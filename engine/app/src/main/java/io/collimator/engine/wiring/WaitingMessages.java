package io.collimator.engine.wiring;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import io.collimator.engine.messaging.Broker;
import io.collimator.engine.messaging.BrokerCheck;
import io.collimator.engine.metrics.QueueDepth;
import io.collimator.workflow.port.Transactions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much waits for a destination: on its queue, or in the database. Asks them; may block. */
record WaitingMessages(
        Destinations destinations,
        ArchiveDestinations archives,
        Broker broker,
        BrokerCheck brokerCheck,
        Transactions transactions) {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingMessages.class);

    /** What waits; empty when it is not known, also because broker or database do not answer. */
    Optional<QueueDepth> of(Destination destination) {
        try {
            return asked(destination);
        } catch (RuntimeException e) {
            LOG.debug("What waits for {} cannot be counted now", destination.name(), e);
            return Optional.empty();
        }
    }

    private Optional<QueueDepth> asked(Destination destination) {
        Optional<AeTitle> archive = archives.titleOf(destination);
        if (archive.isPresent()) {
            long asks =
                    transactions.read(session -> session.commitments().asks().countUntaken(archive.get()));
            return Optional.of(new QueueDepth(destination.name(), asks, null));
        }
        Optional<String> queue = destinations.queueOf(destination);
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        return onQueue(queue.get()).map(depth -> depth.and(aside(depth.queue())));
    }

    /** What was not taken and waits aside. */
    private long aside(String queue) {
        return transactions.read(session -> session.heldMessages().counts()).getOrDefault(queue, 0L);
    }

    private Optional<QueueDepth> onQueue(String name) {
        if (broker.isEmbedded()) {
            return broker.depths().stream()
                    .filter(depth -> depth.queue().equals(name))
                    .findFirst();
        }
        return Optional.ofNullable(brokerCheck.look().get(name))
                .filter(messages -> messages != BrokerCheck.MISSING)
                .map(messages -> new QueueDepth(name, messages, null));
    }

    /** Whether it is sure that nothing waits. */
    boolean isNothing(Destination destination) {
        return of(destination).filter(depth -> depth.messages() == 0).isPresent();
    }
}
