package io.collimator.workflow.port;

import io.collimator.workflow.exception.ExceptionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exceptions, kept with their evidence. */
public interface Exceptions {

    void add(ExceptionRecord exception);

    /** An exception with its evidence. */
    Optional<ExceptionRecord> find(UUID id);

    /**
     * Newest first, without evidence.
     *
     * @param after the last one of the page before, null for the first page
     * @param limit 1 to 500
     */
    List<ExceptionRecord> list(@Nullable UUID after, int limit);

    /**
     * The causes for which something goes on now.
     *
     * @param prefix that the causes begin with
     */
    Set<String> goingOn(String prefix);

    /**
     * Says that an exception goes on until {@link #close}.
     *
     * @param cause what it is about, at most 200 characters; only one exception a cause goes on at a time
     */
    void goesOn(String cause, UUID exception);

    /** Ends what goes on for this cause; whether there was something. */
    boolean close(String cause, Instant at);
}
