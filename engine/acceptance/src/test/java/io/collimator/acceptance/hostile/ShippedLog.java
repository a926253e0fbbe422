package io.collimator.acceptance.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Records the engine's log as the file appender of the shipped config/logback.xml writes it, ours at DEBUG. */
final class ShippedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Pattern ANY_LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]");
    private static final Pattern HONEST_LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\S+ (DEBUG|INFO |WARN |ERROR) \\[.*"
                    + "|\\t(at |\\.\\.\\. |Suppressed: |Wrapped by: ).*|Caused by: .*|[\\w.$]+(Exception|Error)(: .*)?|");

    private final LoggerContext shipped = new LoggerContext();
    private final PatternLayoutEncoder encoder;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.collimator");
    private final Level rootLevel = root.getLevel();
    private final List<String> written = new CopyOnWriteArrayList<>();

    private ShippedLog(Path folder) throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        shipped.putProperty("collimator.log.dir", folder.toString());
        configurator.setContext(shipped);
        configurator.doConfigure(Path.of("..", "..", "config", "logback.xml").toFile());
        encoder = (PatternLayoutEncoder)
                ((OutputStreamAppender<ILoggingEvent>) shipped.getLogger("ROOT").getAppender("FILE")).getEncoder();
    }

    static ShippedLog record(Path folder) throws JoranException {
        ShippedLog log = new ShippedLog(folder);
        log.root.getAppender("CONSOLE").stop();
        log.root.setLevel(Level.INFO);
        log.ours.setLevel(Level.DEBUG);
        log.start();
        log.root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        written.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return written.stream()
                .flatMap(event -> ANY_LINE_END.splitAsStream(event))
                .toList();
    }

    /** Lines that the pattern did not make: a value has brought its own line end. */
    List<String> forged() {
        return lines().stream()
                .filter(line -> !HONEST_LINE.matcher(line).matches())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(rootLevel);
        ours.setLevel(null);
        root.getAppender("CONSOLE").start();
        shipped.stop();
        stop();
    }
}
