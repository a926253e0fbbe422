package io.collimator.engine.destination;

import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All destinations. Those of routes are known by the queue that a route consumes. Thread-safe. */
public final class Destinations implements RouteListener {

    public static final String STATUS_DELIVERY = "status-delivery";
    public static final String RESULTS_DELIVERY = "results-delivery";
    public static final String ARCHIVE = "archive";

    /** The shipped routes are known by their settings; a further one is known by its id. */
    private static final Map<String, String> SHIPPED =
            Map.of("deliver-status", STATUS_DELIVERY, "deliver-results", RESULTS_DELIVERY);

    private final Function<String, Duration> alarmAfter;
    private final Clock clock;
    private final Map<String, Destination> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Route> byRoute = new ConcurrentHashMap<>();

    private record Route(Destination destination, String queue) {}

    /** @param alarmAfter how long something may wait for a destination, by its name */
    public Destinations(Function<String, Duration> alarmAfter, Clock clock) {
        this.alarmAfter = alarmAfter;
        this.clock = clock;
    }

    /** A destination that is no route. */
    public Destination add(String name) {
        return byName.computeIfAbsent(name, any -> new Destination(name, alarmAfter.apply(name), clock));
    }

    @Override
    public void consumesQueue(String route, String queue) {
        byRoute.put(route, new Route(add(SHIPPED.getOrDefault(route, route)), queue));
    }

    /** In the order of their names. */
    public List<Destination> all() {
        return new ArrayList<>(byName.values());
    }

    public List<DestinationStatus> statuses() {
        return all().stream()
                .map(one -> new DestinationStatus(
                        one.name(),
                        one.waiting().map(Destination.Waiting::since).orElse(null),
                        one.held(),
                        one.parked()))
                .toList();
    }

    /** The destination whose messages wait on this queue; empty when no route of the engine delivers it. */
    public Optional<Destination> ofQueue(String queue) {
        return byRoute.values().stream()
                .filter(route -> route.queue().equals(queue))
                .map(Route::destination)
                .findFirst();
    }

    /** By its name. */
    public Optional<Destination> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The queue on which its messages wait; empty for one that is no route. */
    public Optional<String> queueOf(Destination destination) {
        return byRoute.values().stream()
                .filter(route -> route.destination() == destination)
                .map(Route::queue)
                .findFirst();
    }

    @Override
    public void begun(Work work) {
        of(work).ifPresent(destination -> destination.begun(work.id()));
    }

    @Override
    public void stepFailed(Work work, StepFailure failure) {
        of(work).ifPresent(destination -> destination.failed(work.id(), DeliveryFailure.of(failure)));
    }

    @Override
    public void ended(Work work, End end, @Nullable StepFailure failure) {
        of(work).ifPresent(destination -> {
            switch (end) {
                case WELL -> destination.delivered(work.id());
                // the receiver judged it, or it never left: in both cases nothing waits
                case REFUSED, GIVEN_UP -> destination.dropped(work.id());
                case FAILED ->
                    destination.givenBack(
                            work.id(),
                            failure == null
                                    ? DeliveryFailure.of("Route %s failed.".formatted(work.route()))
                                    : DeliveryFailure.of(failure));
            }
        });
    }

    private Optional<Destination> of(Work work) {
        return Optional.ofNullable(byRoute.get(work.route())).map(Route::destination);
    }
}
