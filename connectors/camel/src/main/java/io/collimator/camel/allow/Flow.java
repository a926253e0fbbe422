package io.collimator.camel.allow;

import java.util.List;

/** What a route does, as far as the reach of its steps goes. */
sealed interface Flow {

    /** A bean's method. */
    record Call(String bean, String method) implements Flow {
        String name() {
            return bean + "." + method;
        }
    }

    /** Steps of a {@code direct:} route. */
    record Direct(String name, int line) implements Flow {}

    /** A {@code direct:} route that gets exchanges of its own, the instances of a {@code dicom:get}. */
    record Receiver(String name, int line) implements Flow {}

    /** A message sent over TCP. */
    record Sent() implements Flow {}

    /** Steps that not every message comes to. */
    record Sometimes(List<Flow> steps) implements Flow {
        public Sometimes {
            steps = List.copyOf(steps);
        }
    }

    /** The end of the route. */
    record Stop() implements Flow {}
}
