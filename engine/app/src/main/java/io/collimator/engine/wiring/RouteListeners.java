package io.collimator.engine.wiring;

import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.StepFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several who are told the same. */
record RouteListeners(List<RouteListener> all) implements RouteListener {

    @Override
    public void consumesQueue(String route, String queue) {
        all.forEach(one -> one.consumesQueue(route, queue));
    }

    @Override
    public void begun(Work work) {
        all.forEach(one -> one.begun(work));
    }

    @Override
    public void stepFailed(Work work, StepFailure failure) {
        all.forEach(one -> one.stepFailed(work, failure));
    }

    @Override
    public void ended(Work work, End end, @Nullable StepFailure failure) {
        all.forEach(one -> one.ended(work, end, failure));
    }
}
