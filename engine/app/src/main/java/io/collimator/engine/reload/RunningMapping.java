package io.collimator.engine.reload;

import io.collimator.mapping.MappingSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The mapping that runs. Read it once for each message: then a change falls between two messages, and none sees a mixture.
 * Thread-safe.
 */
public final class RunningMapping {

    /**
     * A mapping and its place in the history.
     *
     * @param version 0 until the history was read
     */
    public record Running(int version, MappingSet set) {}

    private volatile Running current;

    public RunningMapping(MappingSet set) {
        this.current = new Running(0, set);
    }

    /** The mapping for one message. */
    public MappingSet set() {
        return current.set();
    }

    public Running current() {
        return current;
    }

    /**
     * What is made of the mapping, made anew when another one runs. Thread-safe; two threads may make the same one.
     *
     * @param make a pure function
     */
    public <T> Supplier<T> derived(Function<MappingSet, T> make) {
        return new Derived<>(this, make);
    }

    void swap(Running next) {
        current = next;
    }
}
