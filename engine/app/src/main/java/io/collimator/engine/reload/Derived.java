package io.collimator.engine.reload;

import io.collimator.mapping.MappingSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** What was made of one mapping, until another one runs. */
final class Derived<T> implements Supplier<T> {

    private final RunningMapping running;
    private final Function<MappingSet, T> make;
    private volatile Made<T> made;

    private record Made<T>(MappingSet set, T value) {}

    Derived(RunningMapping running, Function<MappingSet, T> make) {
        this.running = running;
        this.make = make;
        this.made = made(running.set());
    }

    @Override
    public T get() {
        MappingSet current = running.set();
        Made<T> known = made;
        if (known.set() != current) {
            known = made(current);
            made = known;
        }
        return known.value();
    }

    private Made<T> made(MappingSet set) {
        return new Made<>(set, make.apply(set));
    }
}
