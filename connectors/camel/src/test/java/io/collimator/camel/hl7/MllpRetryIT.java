package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.camel.delivery.DeliveryRecord;
import io.collimator.camel.delivery.OutboundMessages;
import io.collimator.camel.hl7.ScriptedReceiver.Event;
import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.hl7.outbound.OutboundValidation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery route does after each thing that a receiver can do; retries end only with an acceptance. */
@Timeout(60)
class MllpRetryIT {

    private static final String ROUTE = """
            - onException:
                exception:
                  - io.collimator.camel.hl7.Hl7ApplicationErrorException
                  - io.collimator.hl7.outbound.InvalidMessageException
                handled: {constant: "true"}
                useOriginalMessage: true
                steps:
                  - bean: {ref: outbound, method: giveUp}
                  - setProperty: {name: given-up, constant: "yes"}
            - onException:
                exception: [java.lang.Exception]
                redeliveryPolicy: {maximumRedeliveries: %d, redeliveryDelay: 20}
            - route:
                id: deliver
                description: Delivery.
                from:
                  uri: direct:deliver
                  steps:
                    - bean: {ref: outbound, method: write}
                    - to:
                        uri: netty:tcp
                        parameters:
                          host: 127.0.0.1
                          port: %d
                          decoders: "#mllpDecoder"
                          encoders: "#mllpEncoder"
                          requestTimeout: 400
            """;

    private static String status(String controlId) {
        return "MSH|^~\\&|COLLIMATOR|RAD|RIS|HOSP|20260102||ORM^O01^ORM_O01|" + controlId
                + "|P|2.5.1||||||UNICODE UTF-8\rPID|||1||M\u00fcller^\u6f22\rORC|SC|A|B||IP\rOBR|1|A|B\r";
    }

    /** A context with the route, and one message after the other. */
    private static final class Sender implements AutoCloseable {

        private final DefaultCamelContext context = new DefaultCamelContext();
        private final ProducerTemplate template;

        Sender(ScriptedReceiver receiver, int retries) throws Exception {
            context.disableJMX();
            context.getRegistry()
                    .bind(
                            "outbound",
                            new OutboundMessages(
                                    () -> MessageTemplates.NONE, new OutboundValidation(), DeliveryRecord.NONE));
            new MllpTransport(
                            MllpTransportSettings.DEFAULT,
                            new AckFactory(Clock.systemUTC(), () -> "A1"),
                            (head, refusal, remote) -> {})
                    .install(context);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            ResourceHelper.fromString("deliver.camel.yaml", ROUTE.formatted(retries, receiver.port())));
            context.start();
            template = context.createProducerTemplate();
        }

        Exchange send(String message) {
            return template.send(
                    "direct:deliver", exchange -> exchange.getMessage().setBody(message));
        }

        @Override
        public void close() {
            context.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AR", "CR", "SILENCE", "GARBAGE", "OTHER", "XX"})
    void what_accepts_nothing_is_tried_again_on_another_connection_until_it_is_accepted(String first) throws Exception {
        try (ScriptedReceiver receiver = new ScriptedReceiver(first, first);
                Sender sender = new Sender(receiver, -1)) {
            Exchange delivered = sender.send(status("C1"));

            assertThat(delivered.isFailed()).isFalse();
            assertThat(receiver.received()).containsExactly("C1", "C1", "C1");
            assertThat(receiver.events)
                    .as("each try has a connection of its own")
                    .containsSubsequence(new Event(1, "C1"), new Event(2, "C1"), new Event(3, "C1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AE", "CE"})
    void an_application_error_is_given_up_at_once_with_its_reason_and_the_next_message_goes_on(String code)
            throws Exception {
        try (ScriptedReceiver receiver = new ScriptedReceiver(code);
                Sender sender = new Sender(receiver, -1)) {
            Exchange refused = sender.send(status("C1"));
            Exchange next = sender.send(status("C2"));

            assertThat(refused.getProperty("given-up")).isEqualTo("yes");
            assertThat(refused.getMessage().getHeader(OutboundMessages.REASON, String.class))
                    .isEqualTo(
                            "Message \"C1\" is answered \"" + code + "\" (102 at PID-5); the receiver's log says why.");
            assertThat(refused.getMessage().getBody(String.class)).isEqualTo(status("C1"));
            assertThat(next.isFailed()).isFalse();
            assertThat(receiver.received()).containsExactly("C1", "C2");
        }
    }

    @Test
    void a_late_answer_is_never_taken_for_the_answer_to_the_next_message() throws Exception {
        try (ScriptedReceiver receiver = new ScriptedReceiver("SILENCE", "LATE");
                Sender sender = new Sender(receiver, 0)) {
            Exchange first = sender.send(status("C1"));
            Exchange second = sender.send(status("C2"));

            assertThat(first.isFailed()).isTrue();
            assertThat(second.getProperty("given-up")).as("its own AE").isEqualTo("yes");
            assertThat(receiver.events).contains(new Event(1, "C1"), new Event(2, "C2"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AE, Hl7ApplicationErrorException",
        "AR, Hl7ApplicationRejectException",
        "OTHER, Hl7AcknowledgementException"
    })
    void each_kind_of_failure_has_its_exception(String answer, String exception) throws Exception {
        try (ScriptedReceiver receiver = new ScriptedReceiver(answer);
                Sender sender = new Sender(receiver, 0)) {
            Exchange exchange = sender.send(status("C1"));

            Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            assertThat(cause.getClass().getSimpleName()).isEqualTo(exception);
            assertThat(cause).hasMessageNotContaining("ZZTESTNAME");
        }
    }

    @Test
    void what_is_no_valid_status_does_not_leave_and_results_leave_as_they_came() throws Exception {
        String result =
                "MSH|^~\\&|RIS|HOSP|X|Y|20260102||ORU^R01|R1|P|2.4|||NE|NE||8859/1\rPID|||1||M\u00fcller\rOBX|1|XX|\r";
        try (ScriptedReceiver receiver = new ScriptedReceiver();
                Sender sender = new Sender(receiver, 0)) {
            Exchange invalid = sender.send(status("C1").replace("ORC|SC", "ORC|"));
            Exchange forwarded = sender.send(result);

            assertThat(invalid.getMessage().getHeader(OutboundMessages.REASON, String.class))
                    .contains("ORC-1 (required, but empty)");
            assertThat(forwarded.isFailed()).isFalse();
            assertThat(receiver.received()).containsExactly("R1");
        }
    }

    @Test
    void text_that_its_set_cannot_hold_leaves_in_utf_8_and_says_so() {
        String message = "MSH|^~\\&|A|B|||1||ORU^R01|1|P|2.4||||||8859/1\rPID|||1||\u6f22\r";

        assertThat(new String(OutboundText.bytes(message), StandardCharsets.UTF_8))
                .isEqualTo(message.replace("8859/1", "UNICODE UTF-8"));
        assertThat(OutboundText.inOriginalMode("MSH|^~\\&|A|B|||1||ORU^R01|1|P|2.4|||AL|NE||8859/1\rPID|||1"))
                .isEqualTo("MSH|^~\\&|A|B|||1||ORU^R01|1|P|2.4||||||8859/1\rPID|||1");
    }

    @Test
    void an_unknown_template_is_a_fault_of_the_route() throws Exception {
        OutboundMessages outbound =
                new OutboundMessages(() -> MessageTemplates.NONE, new OutboundValidation(), DeliveryRecord.NONE);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(status("C1"));
            exchange.getMessage().setHeader(OutboundMessages.TEMPLATE, "nowhere");

            assertThatThrownBy(() -> outbound.write(exchange))
                    .hasMessageContaining("nowhere")
                    .hasMessageContaining("mapping/templates");
        }
    }
}
