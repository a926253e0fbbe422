package io.collimator.camel.watch;

import org.jspecify.annotations.Nullable;

/** Is told how exchanges go, on the threads of the routes; must not block. */
public interface RouteListener {

    /** JMS property of our own notices, and header of their exchange. */
    String OUTBOX_ID = "outboxId";

    /**
     * An exchange of a route.
     *
     * @param route id of the route that it began in
     * @param id of the exchange, unique in this process
     * @param notice outbox id of the notice that it carries; empty when it carries none
     */
    record Work(String route, String id, String notice) {}

    /** How an exchange ended. */
    enum End {
        /** Every step was done, whatever was tried again on the way. */
        WELL,
        /** It was answered on purpose with a refusal. */
        REFUSED,
        /** An error block of the route dealt with a failure. */
        GIVEN_UP,
        /** It failed; what came from a queue goes back there. */
        FAILED
    }

    /**
     * A route that will run takes its messages from a queue; told before its first one.
     *
     * @param route its id
     */
    default void consumesQueue(String route, String queue) {
        // for whom it matters
    }

    void begun(Work work);

    /** A step failed; it may be tried again, and then this is told again. */
    void stepFailed(Work work, StepFailure failure);

    /** @param failure the last one of the exchange; null when no step failed */
    void ended(Work work, End end, @Nullable StepFailure failure);
}
