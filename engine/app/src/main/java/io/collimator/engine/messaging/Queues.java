package io.collimator.engine.messaging;

import java.util.List;

/** The queues of the contract; address = name, anycast. */
public final class Queues {

    public static final String STATUS = "collimator.status";
    public static final String EVENTS = "collimator.events";
    public static final String EXCEPTIONS = "collimator.exceptions";
    public static final String RESULTS = "collimator.results";
    public static final String DEAD_LETTERS = "collimator.dead-letters";

    /** Made at start, so that nothing is dropped for want of a queue. */
    static final List<String> ALL = List.of(STATUS, EVENTS, EXCEPTIONS, RESULTS, DEAD_LETTERS);

    private Queues() {}
}
