package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one type that go on: one at a time about the same thing, until it is over. What a process left open when it was
 * killed is found by the next one. Thread-safe.
 */
final class OngoingExceptions {

    /** As {@link io.collimator.workflow.port.Exceptions#goesOn} takes it. */
    private static final int MAX_CAUSE = 200;

    private final ExceptionType type;
    private final Notices notices;
    private final Identifiers identifiers;
    private final Clock clock;

    OngoingExceptions(ExceptionType type, AcceptOrder.Context context) {
        this.type = type;
        this.notices = context.notices();
        this.identifiers = context.identifiers();
        this.clock = context.clock();
    }

    /** What people read, as in {@link ExceptionRecord}. */
    record Words(@Nullable AccessionNumber accession, String source, String summary, Evidence evidence) {}

    /** Raises one unless one goes on about this; returns whether it did. */
    boolean begin(Session session, String about, Words words) {
        String cause = cause(type, about);
        if (session.exceptions().goingOn(cause).contains(cause)) {
            return false;
        }
        ExceptionRecord exception = new ExceptionRecord(
                identifiers.newId(),
                clock.instant(),
                type,
                words.accession(),
                words.source(),
                words.summary(),
                words.evidence());
        session.exceptions().goesOn(cause, exception.id());
        notices.exception(session, exception);
        return true;
    }

    /** Closes what goes on about this; returns whether there was something. */
    static boolean end(Session session, ExceptionType type, String about, Instant now) {
        return session.exceptions().close(cause(type, about), now);
    }

    /** What they go on about. */
    Set<String> goingOn(Session session) {
        String prefix = prefix(type);
        return session.exceptions().goingOn(prefix).stream()
                .map(cause -> cause.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    private static String cause(ExceptionType type, String about) {
        String cause = prefix(type) + about;
        return cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause;
    }

    private static String prefix(ExceptionType type) {
        return type.label() + "/";
    }
}
