package io.collimator.engine.config;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receivers of {@code config/receivers.yaml}, beside those that {@code collimator.status-delivery.*} and
 * {@code collimator.results-delivery.*} name.
 */
public record Receivers(List<Receiver> all) {

    public static final Receivers NONE = new Receivers(List.of());

    /** The queues of the contract whose notices a receiver may take, by their short names. */
    static final Map<String, String> NOTICES = Map.of("status", "collimator.status", "results", "collimator.results");

    public Receivers {
        all = List.copyOf(all);
    }

    /** None when there is no such file. */
    static Receivers load(Home home, EngineSettings settings, List<Problem> problems) {
        return Files.exists(home.receivers()) ? new ReceiversFile(home, settings, problems).read() : NONE;
    }

    public Optional<Receiver> named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The one whose messages wait on this queue. */
    public Optional<Receiver> ofQueue(String queue) {
        return all.stream().filter(one -> one.queue().equals(queue)).findFirst();
    }

    /**
     * The queues that a notice goes to: those of the receivers that want it, and its own one unless a receiver is there for
     * the orders of this sender.
     *
     * @param application MSH-3 of who sent the order
     * @param facility its MSH-4
     */
    public List<String> queues(String queue, String eventType, String application, String facility) {
        List<Receiver> takers =
                all.stream().filter(one -> one.takes().equals(queue)).toList();
        List<String> queues = new ArrayList<>();
        boolean isSendersOwn = takers.stream()
                .map(Receiver::wants)
                .anyMatch(wants -> wants.namesSenders() && wants.isForOrdersOf(application, facility));
        if (!isSendersOwn) {
            queues.add(queue);
        }
        takers.stream()
                .filter(one -> one.wants().isForOrdersOf(application, facility)
                        && one.wants().areOf(eventType))
                .map(Receiver::queue)
                .forEach(queues::add);
        return queues;
    }
}
