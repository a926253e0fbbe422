package io.collimator.engine.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/** {@code %msg} on one line, whatever came from outside is in it. */
public final class OneLineMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        @Nullable String message = super.convert(event);
        return message == null ? "" : OneLine.of(message);
    }
}
