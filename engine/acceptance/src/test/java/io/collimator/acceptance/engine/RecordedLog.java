package io.collimator.acceptance.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged below a name, at a level and above, until it is closed. */
public final class RecordedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level from;
    private final @Nullable Level before;

    private RecordedLog(String name, Level from) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.from = from;
        this.before = logger.getLevel();
    }

    /** Begins. */
    public static RecordedLog of(String name, Level from) {
        RecordedLog log = new RecordedLog(name, from);
        log.start();
        log.logger.setLevel(from);
        log.logger.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(from)) {
            events.add(event);
        }
    }

    /** Every line, in order, without its level. */
    public List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Lines of one level that hold a text. */
    public List<String> lines(Level level, String text) {
        return events.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(text))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
