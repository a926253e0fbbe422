package io.collimator.workflow.port;

import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.OrderNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cancellations that came before their orders. */
public interface EarlyStops {

    void add(EarlyStop stop);

    /** Those with this filler number or this placer number, oldest first. */
    List<EarlyStop> find(@Nullable OrderNumber placer, @Nullable OrderNumber filler);

    void remove(EarlyStop stop);

    /** Removes at most {@code max} of those received before; returns how many. */
    int removeBefore(Instant time, int max);
}
