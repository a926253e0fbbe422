package io.collimator.engine.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as the shipped config/logback.xml writes them. */
class LogLinesTest {

    private static final String ORDER = "ACC1\r\n2026-11-22T10:00:00.000Z INFO  [main] io.collimator FAKE LOG";

    private final LoggerContext context = new LoggerContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        context.putProperty("collimator.log.dir", folder.toString());
        configurator.setContext(context);
        configurator.doConfigure(Path.of("..", "..", "config", "logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSOLE", "FILE"})
    void a_value_begins_no_line_of_its_own(String appender) {
        List<String> lines = lines(appender, event("Order {} is here", ORDER, null));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("Order ACC1\\r\\n2026-11-22T10:00:00.000Z INFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSOLE", "FILE"})
    void nor_does_a_message_of_an_exception_or_its_cause(String appender) {
        Exception thrown = new IllegalStateException(ORDER, new IllegalArgumentException("\u001B[2J" + ORDER));
        thrown.addSuppressed(new IllegalStateException("\u0085" + ORDER));

        List<String> lines = lines(appender, event("It failed", "", thrown));

        assertThat(lines).anyMatch(line -> line.startsWith("\tat "));
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.matches("(\t.*|Caused by: .*|java\\.lang\\.IllegalStateException: .*)"));
        assertThat(String.join("\n", lines)).contains("\\u001B[2JACC1", "\\u0085ACC1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSOLE", "FILE"})
    void a_stack_trace_is_written_once_a_minute_and_then_counted(String appender) {
        List<LoggingEvent> events = new ArrayList<>();
        for (int second : new int[] {0, 1, 59, 61}) {
            LoggingEvent event = event("It failed", "", failure("case " + second));
            event.setInstant(Instant.ofEpochSecond(second));
            events.add(event);
        }
        LoggingEvent other = event("It failed", "", new IllegalArgumentException("another kind"));
        other.setInstant(Instant.ofEpochSecond(59));
        events.add(3, other);

        List<List<String>> written =
                events.stream().map(event -> lines(appender, event)).toList();

        assertThat(written.get(0)).hasSizeGreaterThan(2);
        assertThat(written.get(1)).hasSize(2).last().asString().contains("case 1", "1 such since");
        assertThat(written.get(2)).hasSize(2).last().asString().contains("case 59", "2 such since");
        assertThat(written.get(3)).hasSizeGreaterThan(2);
        assertThat(written.get(4)).hasSizeGreaterThan(2);
    }

    private static Exception failure(String message) {
        return new IllegalStateException(message);
    }

    @Test
    void what_steers_terminals_or_turns_writing_is_seen_and_letters_stay() {
        List<String> lines = lines("FILE", event("{}", "\u001B]0;x\u0007 \u202Etxt\u2028\u0000 Łódź 山田 \t|", null));

        assertThat(lines)
                .singleElement()
                .asString()
                .endsWith("\\u001B]0;x\\u0007 \\u202Etxt\\u2028\\u0000 Łódź 山田 \t|");
    }

    @Test
    void nothing_is_looked_up_or_formatted_again() {
        List<String> lines = lines("FILE", event("{}", "${jndi:ldap://x} %s%n {} ${HOME} %msg", null));

        assertThat(lines).singleElement().asString().endsWith(" ${jndi:ldap://x} %s%n {} ${HOME} %msg");
    }

    private LoggingEvent event(String format, String argument, Throwable thrown) {
        return new LoggingEvent(
                LogLinesTest.class.getName(),
                context.getLogger("io.collimator.test"),
                Level.INFO,
                format,
                thrown,
                new Object[] {argument});
    }

    private List<String> lines(String appender, ILoggingEvent event) {
        OutputStreamAppender<ILoggingEvent> shipped =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender(appender);
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) shipped.getEncoder();
        String written = new String(encoder.encode(event), StandardCharsets.UTF_8);
        return List.of(written.split("\r\n|[\n\r\u0085\u2028\u2029]"));
    }
}
