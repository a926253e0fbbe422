package io.collimator.workflow.port;

import java.util.function.Supplier;

/** The time that a peer waits for an answer, as far as the store may use it. */
public interface AnswerTime {

    /** Nobody waits. */
    AnswerTime NO_LIMIT = new AnswerTime() {
        @Override
        public <T> T since(long arrived, Supplier<T> request) {
            return request.get();
        }

        @Override
        public <T> T asLongAsItTakes(Supplier<T> work) {
            return work.get();
        }
    };

    /**
     * Does what one request asks for: all units of work in it, on this thread, have to end within the time for an answer,
     * counted from its arrival. What does not is a {@link StorageException}. Within another request it changes nothing.
     *
     * @param arrived {@link System#nanoTime()} when the request came
     */
    <T> T since(long arrived, Supplier<T> request);

    /** Does work that is known to be long, such as a change of the mapping; each statement in it keeps its own limit. */
    <T> T asLongAsItTakes(Supplier<T> work);
}
