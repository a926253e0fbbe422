package io.collimator.engine.destination;

import io.collimator.engine.schedule.EverySecond;
import io.collimator.workflow.usecase.RecordWaitingDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the destinations once a second: one that has waited for too long gets one warning in the log and one exception
 * {@code delivery-waiting}, and when it is over one line and the end of that exception, whoever raised it. What the database
 * does not take now is told it later.
 */
public final class DestinationAlarm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DestinationAlarm.class);

    private final Destinations destinations;
    private final RecordWaitingDelivery useCase;
    private final Predicate<Destination> isEmpty;
    private final Clock clock;
    private final EverySecond looks;

    /** Those that were warned of, since when. */
    private final Map<String, Instant> warned = new HashMap<>();

    /** Those for which an exception goes on; null until the database has said so. */
    private @Nullable Set<String> raised;

    /** @param isEmpty whether it is sure that nothing waits for a destination; may ask the broker or the database, and throws nothing */
    public DestinationAlarm(
            Destinations destinations, RecordWaitingDelivery useCase, Predicate<Destination> isEmpty, Clock clock) {
        this.destinations = destinations;
        this.useCase = useCase;
        this.isEmpty = isEmpty;
        this.clock = clock;
        this.looks = new EverySecond("destinations", "The destinations", this::lookNow);
    }

    public void start() {
        looks.start();
    }

    /** Looks once; for the scheduler and for tests. */
    synchronized void lookNow() {
        List<Destination> all = destinations.all();
        all.stream().filter(Destination::hasGivenBack).filter(isEmpty).forEach(Destination::emptied);
        // the log before the database, which may be away
        all.forEach(this::log);
        Set<String> known = raised;
        if (known == null) {
            known = new HashSet<>(useCase.goingOn());
            raised = known;
        }
        for (Destination destination : all) {
            record(destination, known);
        }
        Set<String> names = new HashSet<>(all.stream().map(Destination::name).toList());
        for (String gone : Set.copyOf(known)) {
            if (!names.contains(gone)) {
                useCase.end(gone);
                known.remove(gone);
                LOG.info("Nothing is delivered to {} any more: it is no destination now", gone);
            }
        }
    }

    private void log(Destination destination) {
        Optional<Destination.Waiting> waiting = destination.waiting();
        String name = destination.name();
        if (waiting.isPresent() && destination.isAlarming() && !warned.containsKey(name)) {
            warned.put(name, waiting.get().since());
            LOG.warn(
                    "Messages wait for {} since {}: {} They are sent again until they are taken.",
                    name,
                    waiting.get().since(),
                    waiting.get().failure().reason());
        } else if (waiting.isEmpty() && warned.containsKey(name) && isOver(destination)) {
            Instant since = warned.remove(name);
            LOG.info(
                    "{} takes messages again; they had waited since {}, for {} s",
                    name,
                    since,
                    Duration.between(since, clock.instant()).toSeconds());
        }
    }

    private void record(Destination destination, Set<String> known) {
        String name = destination.name();
        Optional<Destination.Waiting> waiting = destination.waiting();
        if (waiting.isPresent() && destination.isAlarming() && !known.contains(name)) {
            DeliveryFailure failure = waiting.get().failure();
            useCase.begin(new RecordWaitingDelivery.Waiting(
                    name, waiting.get().since(), failure.reason(), failure.receiverSays(), failure.answer()));
            known.add(name);
        } else if (waiting.isEmpty() && known.contains(name) && isOver(destination)) {
            useCase.end(name);
            known.remove(name);
        }
    }

    /** One of which nothing is in hand may wait all the same: at a start, or between two attempts. */
    private boolean isOver(Destination destination) {
        return destination.lastDelivered().isPresent() || isEmpty.test(destination);
    }

    @Override
    public void close() {
        looks.close();
    }
}
