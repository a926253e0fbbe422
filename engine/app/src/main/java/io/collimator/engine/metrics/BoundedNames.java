package io.collimator.engine.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the number of time series bounded, whatever names come: the first so many count, the rest is {@code other}. */
final class BoundedNames {

    private static final String OTHER = "other";

    private final int max;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedNames(int max) {
        this.max = max;
    }

    String of(String name) {
        if (known.contains(name) || (known.size() < max && known.add(name))) {
            return name;
        }
        return OTHER;
    }
}
