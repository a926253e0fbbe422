package io.collimator.engine.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code %ex} with each message of the causes on one line; only the stack trace itself has lines, and is written once a minute
 * for failures of one kind.
 */
public final class OneLineThrowable extends ThrowableProxyConverter {

    private final SeenTraces traces = new SeenTraces();

    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return super.convert(event);
        }
        int leftOut = traces.leftOut(event, thrown);
        return leftOut == 0
                ? super.convert(event)
                : "%s: %s (its stack trace was written within the last minute; %d such since)%n"
                        .formatted(thrown.getClassName(), OneLine.of(String.valueOf(thrown.getMessage())), leftOut);
    }

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new WithOneLineMessages(thrown));
    }

    private record WithOneLineMessages(IThrowableProxy thrown) implements IThrowableProxy {

        private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown) {
            return thrown == null ? null : new WithOneLineMessages(thrown);
        }

        @Override
        public @Nullable String getMessage() {
            @Nullable String message = thrown.getMessage();
            return message == null ? null : OneLine.of(message);
        }

        @Override
        public @Nullable String getOverridingMessage() {
            @Nullable String message = thrown.getOverridingMessage();
            return message == null ? null : OneLine.of(message);
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(thrown.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy @Nullable [] suppressed = thrown.getSuppressed();
            return suppressed == null
                    ? null
                    : Arrays.stream(suppressed).map(WithOneLineMessages::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
