package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.ack.AckFactory;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message of ours to a receiver: only its acceptance is a success. */
@Timeout(60)
class MllpDeliveryIT {

    private static final String STATUS =
            "MSH|^~\\&|COLLIMATOR|RAD|RIS|HOSP|20260102||ORM^O01|C1|P|2.5.1||||||UNICODE UTF-8\rPID|||1||M\u00fcller^\u6f22\r";

    /** A receiver that takes one message a connection and answers as told. */
    private static final class Receiver implements AutoCloseable {

        private final ServerSocket listener;
        private final Thread thread;
        final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>(8);

        Receiver(String answer) throws IOException {
            listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            thread = new Thread(() -> run(answer), "receiver");
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void run(String answer) {
            try (Socket socket = listener.accept()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                int read = socket.getInputStream().read();
                while (read >= 0 && read != 0x1C) {
                    content.write(read);
                    read = socket.getInputStream().read();
                }
                if (content.size() > 0) {
                    received.add(content.toByteArray());
                }
                socket.getInputStream().read();
                if (answer != null) {
                    socket.getOutputStream().write(MllpSocket.frame(answer).getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                }
                read = socket.getInputStream().read();
                while (read >= 0) {
                    read = socket.getInputStream().read();
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws Exception {
            listener.close();
            thread.join(60_000);
        }
    }

    private static Exchange deliver(Receiver receiver, Object body) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        try {
            context.disableJMX();
            new MllpTransport(
                            MllpTransportSettings.DEFAULT,
                            new AckFactory(Clock.systemUTC(), () -> "A1"),
                            (head, refusal, remote) -> {})
                    .install(context);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("status.camel.yaml", """
                    - route:
                        id: status
                        description: Delivery.
                        from:
                          uri: direct:status
                          steps:
                            - to:
                                uri: netty:tcp
                                parameters:
                                  host: 127.0.0.1
                                  port: %d
                                  decoders: "#mllpDecoder"
                                  encoders: "#mllpEncoder"
                                  sync: true
                                  requestTimeout: 1500
                    """.formatted(receiver.port())));
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                return template.send(
                        "direct:status", exchange -> exchange.getMessage().setBody(body));
            }
        } finally {
            context.stop();
        }
    }

    private static String acknowledgement(String code, String controlId) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||ACK|9|P|2.5.1\rMSA|" + code + "|" + controlId
                + "|ZZTESTNAME\r";
    }

    @Test
    void an_accepted_message_is_a_success_and_its_text_is_sent_in_its_own_character_set() throws Exception {
        try (Receiver receiver = new Receiver(acknowledgement("AA", "C1"))) {
            Exchange exchange = deliver(receiver, STATUS);

            assertThat(exchange.getException()).isNull();
            assertThat(new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8))
                    .contains("MSA|AA|C1");
            assertThat(receiver.received.poll(60, TimeUnit.SECONDS))
                    .isEqualTo(("\u000b" + STATUS).getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({"AE, C1", "AR, C1", "CE, C1", "AA, OTHER", "'', C1"})
    void any_other_answer_fails_the_exchange_without_quoting_it(String code, String controlId) throws Exception {
        try (Receiver receiver = new Receiver(acknowledgement(code, controlId))) {
            Exchange exchange = deliver(receiver, STATUS.getBytes(StandardCharsets.UTF_8));

            assertThat(exchange.getException())
                    .hasStackTraceContaining("io.collimator.camel.hl7.Hl7A")
                    .hasStackTraceContaining("C1");
            assertThat(exchange.getException().toString()).doesNotContain("ZZTESTNAME");
        }
    }

    @Test
    void an_answer_that_is_no_hl7_and_none_at_all_fail_the_exchange() throws Exception {
        try (Receiver receiver = new Receiver("thank you")) {
            assertThat(deliver(receiver, STATUS).getException()).isNotNull();
        }
        try (Receiver receiver = new Receiver(null)) {
            assertThat(deliver(receiver, STATUS).getException()).isInstanceOf(ReadTimeoutException.class);
        }
    }

    @Test
    void a_body_that_is_neither_text_nor_bytes_is_not_sent() throws Exception {
        try (Receiver receiver = new Receiver(acknowledgement("AA", "C1"))) {
            assertThat(deliver(receiver, 4711L).getException()).hasStackTraceContaining("java.lang.Long");
            assertThat(receiver.received).isEmpty();
        }
    }
}
