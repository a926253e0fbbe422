package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which acknowledgement goes out, read from the socket. */
@Timeout(60)
class AcknowledgementIT {

    private static final String INTAKE = "- bean: {ref: orders, method: accept}\n";

    private static String order(String controlId) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102030405||ORM^O01|" + controlId
                + "|P|2.5.1\rPID|||4711||ZZTESTNAME^JANE\rORC|NW|1|2\r";
    }

    private static String answer(String before, String steps, String message) throws Exception {
        try (MllpEngine engine = new MllpEngine(before, steps, MllpEngine.SETTINGS);
                MllpSocket sender = engine.connect()) {
            return sender.ask(message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "OK1 AA -",
                "CONTENT1 AE ERR||OBR^1^18|101^",
                "REJECT1 AR ERR||MSH^1^12|203^",
                "BOOM1 AR |207^",
                "ERROR1 AR |207^",
                "LATE1 AR |207^",
                "NOTHING1 AR |207^"
            })
    void the_answer_follows_the_outcome_of_the_intake(String controlId, String code, String error) throws Exception {
        String answer = answer("", INTAKE, order(controlId));

        assertThat(answer).startsWith("MSH|^~\\&|COLLIMATOR|RAD|RIS|HOSP|").contains("\rMSA|" + code + "|" + controlId);
        if (error.equals("-")) {
            assertThat(answer).doesNotContain("ERR|");
        } else {
            assertThat(answer).contains(error);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- log: no intake here\n",
                "- filter: {simple: \"${header.CollimatorMessageType} == 'X'\", steps: [{bean: {ref: orders, method: accept}}]}\n",
                "- stop: {}\n" + INTAKE,
                "- setBody: {constant: 'MSA|AA|OK1'}\n",
                "- setBody: {simple: '${null}'}\n",
                "- setProperty: {name: CollimatorAcknowledgementReceipt, constant: OK}\n",
                "- setProperty: {name: CollimatorMllpRequest, constant: OK}\n" + INTAKE,
                "- removeProperty: {name: CollimatorMllpRequest}\n" + INTAKE,
                "- toD: {uri: 'nowhere:x'}\n",
            })
    void a_route_that_lost_its_intake_step_never_accepts(String steps) throws Exception {
        String answer = answer("", steps, order("OK1"));

        assertThat(answer).contains("\rMSA|AR|OK1", "|207^");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INTAKE + "- setBody: {constant: 'MSA|AR|OK1'}\n",
                INTAKE + "- setBody: {simple: '${null}'}\n",
                INTAKE + "- stop: {}\n",
                INTAKE + "- removeHeaders: {pattern: '*'}\n",
                "- setBody: {constant: other}\n" + INTAKE,
            })
    void what_the_route_leaves_as_body_does_not_matter(String steps) throws Exception {
        String answer = answer("", steps, order("OK1"));

        assertThat(answer).contains("\rMSA|AA|OK1");
    }

    @ParameterizedTest
    @CsvSource({
        "handled, BOOM1, AR",
        "handled, CONTENT1, AE",
        "handled, LATE1, AA",
        "continued, BOOM1, AR",
        "continued, CONTENT1, AE"
    })
    void an_error_block_does_not_turn_a_failure_into_an_acceptance(String how, String controlId, String code)
            throws Exception {
        String errorBlock = """
                - onException:
                    exception: [java.lang.Throwable]
                    %s:
                      constant: "true"
                    steps:
                      - setBody:
                          constant: "MSH|^~\\\\&|||||||ACK|1|P|2.5.1\\rMSA|AA|X"
                """.formatted(how);

        String answer = answer(errorBlock, INTAKE, order(controlId));

        assertThat(answer).contains("\rMSA|" + code + "|" + controlId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "MSH", "GET / HTTP/1.1\r\n\r\n", "PID|1\rMSH|^~\\&|"})
    void what_is_no_hl7_is_answered_ar_with_an_error(String content) throws Exception {
        String answer = answer("", INTAKE, content);

        assertThat(answer).contains("\rMSA|AR||", "\rERR||MSH^1|100^");
    }

    @Test
    void a_failing_exchange_leaves_the_connection_open() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            assertThat(sender.ask(order("BOOM1"))).contains("MSA|AR|BOOM1");
            assertThat(sender.ask(order("ERROR2"))).contains("MSA|AR|ERROR2");
            assertThat(sender.ask(order("CONTENT3"))).contains("MSA|AE|CONTENT3");
            assertThat(sender.ask(order("OK4"))).contains("MSA|AA|OK4");
        }
    }

    @Test
    void the_route_sees_the_header_fields_and_the_bytes() throws Exception {
        String steps = """
                - filter:
                    simple: "${header.CollimatorMessageType} == 'ORM^O01' && ${header.CollimatorSendingApplication} == 'RIS' && ${header.CollimatorSendingFacility} == 'HOSP' && ${header.CollimatorProcessingId} == 'P' && ${header.CollimatorVersion} == '2.5.1'"
                    steps:
                      - bean: {ref: orders, method: accept}
                """;

        assertThat(answer("", steps, order("OK1"))).contains("MSA|AA|OK1");
    }

    @Test
    void a_netty_route_without_the_codec_does_not_start() {
        assertThatThrownBy(
                        () -> new MllpEngine("""
                                - route:
                                    id: bare
                                    description: No codec.
                                    from:
                                      uri: "netty:tcp://127.0.0.1:%d"
                                      parameters: {textline: true}
                                      steps:
                                        - stop: {}
                                """.formatted(MllpEngine.freePort()), INTAKE, MllpEngine.SETTINGS).close())
                .hasStackTraceContaining("bare")
                .hasStackTraceContaining("#mllpDecoder");
    }

    @Test
    void no_log_line_at_info_or_above_names_the_patient() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level level = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            for (String controlId : List.of("OK1", "CONTENT2", "REJECT3", "BOOM4", "ERROR5", "NOTHING6")) {
                assertThat(sender.ask(order(controlId))).contains("MSA|");
            }
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }

        assertThat(List.copyOf(log.list))
                .isNotEmpty()
                .extracting(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .noneMatch(text -> text.contains("ZZTESTNAME"));
    }
}
