package io.collimator.engine.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which stack traces were written in the last minute. A store that is away fails every message in the same way: one trace a
 * minute says it, and each further failure is a line. Thread-safe.
 */
final class SeenTraces {

    private static final long AGAIN_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final int MAX_KINDS = 256;
    private static final int MAX_CAUSES = 20;

    private final Map<String, Seen> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAX_KINDS;
        }
    };

    /** @param leftOut since the trace was written */
    private record Seen(long writtenAt, int leftOut) {}

    /** How many like it, this one counted, were left out since one was written; 0 when this one is to be written. */
    synchronized int leftOut(ILoggingEvent event, IThrowableProxy thrown) {
        String kind = event.getLoggerName() + kindOf(thrown);
        @Nullable Seen seen = kinds.get(kind);
        Seen now = seen == null || event.getTimeStamp() - seen.writtenAt() >= AGAIN_MILLIS
                ? new Seen(event.getTimeStamp(), 0)
                : new Seen(seen.writtenAt(), seen.leftOut() + 1);
        kinds.put(kind, now);
        return now.leftOut();
    }

    /** Classes of the causes and where the first of them was thrown; not the messages, which name one case. */
    private static String kindOf(IThrowableProxy thrown) {
        StringBuilder kind = new StringBuilder();
        @Nullable IThrowableProxy cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            kind.append(' ').append(cause.getClassName());
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            if (frames.length > 0) {
                kind.append(frames[0].getSTEAsString());
            }
            cause = cause.getCause();
        }
        return kind.toString();
    }
}
