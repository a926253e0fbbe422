package io.collimator.dicom.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Takes down what is logged at ERROR, leaks of buffers among it, and keeps the log of our packages short meanwhile. */
final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.collimator");
    private final @Nullable Level usual = ours.getLevel();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    static ErrorLog record() {
        ErrorLog log = new ErrorLog();
        log.ours.setLevel(Level.WARN);
        log.start();
        log.root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : " " + event.getThrowableProxy().getClassName() + ": "
                            + event.getThrowableProxy().getMessage();
            errors.add(event.getFormattedMessage() + cause);
        }
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        ours.setLevel(usual);
        stop();
    }
}
