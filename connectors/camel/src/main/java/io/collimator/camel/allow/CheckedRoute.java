package io.collimator.camel.allow;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A route as it was read, for the rules that look at all routes together.
 *
 * @param id "" when it has none
 * @param line of its {@code from}
 */
record CheckedRoute(String id, Findings findings, int line, Optional<EndpointRules.Endpoint> from, List<Flow> steps) {

    /** The queues of statuses and results, and those that receivers have for them. */
    private static final Pattern NOTICES = Pattern.compile("collimator\\.(?:status|results)(?:\\..+)?");

    CheckedRoute {
        steps = List.copyOf(steps);
    }

    /** Which intake the route is, by what it consumes. */
    Optional<Intake> intake() {
        return from.flatMap(endpoint -> switch (endpoint.scheme() + ":" + endpoint.path()) {
            case "dicom:worklist" -> Optional.of(Intake.WORKLIST);
            case "dicom:performed-steps" -> Optional.of(Intake.PERFORMED_STEPS);
            case "dicom:commitment" -> Optional.of(Intake.COMMITMENT);
            case "dicom:commitment-reports" -> Optional.of(Intake.COMMITMENT_REPORTS);
            default -> endpoint.scheme().equals("netty") ? Optional.of(Intake.ORDERS) : Optional.empty();
        });
    }

    /** Whether it takes notices of ours that go to receivers. */
    boolean deliversNotices() {
        return from.filter(endpoint -> endpoint.scheme().equals("jms"))
                .flatMap(endpoint -> QueueNames.named("jms:" + endpoint.path()))
                .filter(queue -> NOTICES.matcher(queue).matches())
                .isPresent();
    }

    /** The name of the {@code direct:} endpoint that it consumes. */
    Optional<String> directName() {
        return from.filter(endpoint -> endpoint.scheme().equals("direct")).map(EndpointRules.Endpoint::path);
    }
}
