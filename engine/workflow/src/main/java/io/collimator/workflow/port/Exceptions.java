package io.collimator.workflow.port;

import io.collimator.workflow.exception.ExceptionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exceptions, kept with their evidence. */
public interface Exceptions {

    void add(ExceptionRecord exception);

    /** Closes an open one: it needs nobody any more, and is forgotten when its time is up. */
    void resolve(UUID id, Instant at);

    /** An exception with its evidence. */
    Optional<ExceptionRecord> find(UUID id);

    /**
     * Newest first, without evidence.
     *
     * @param after the last one of the page before, null for the first page
     * @param limit 1 to 500
     */
    List<ExceptionRecord> list(@Nullable UUID after, int limit);
}
