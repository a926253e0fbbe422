package io.collimator.hl7.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MllpClientIT {

    private static final byte[] MESSAGE =
            "MSH|^~\\&|A|B|C|D|20261122||ORM^O01|M1|P|2.3.1\rPID|||1\r".getBytes(StandardCharsets.US_ASCII);
    private static final String ACK = "MSH|^~\\&|C|D|A|B|20261122||ACK|1|P|2.3.1\rMSA|%s|%s|why\r";

    private final ExecutorService receiver = Executors.newSingleThreadExecutor();
    private ServerSocket server;
    private MllpClient client;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        client = new MllpClient(new MllpClientSettings(
                server.getInetAddress().getHostAddress(),
                server.getLocalPort(),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                10_000));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        receiver.shutdownNow();
        assertThat(receiver.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void several_messages_go_over_one_connection() throws Exception {
        Future<Integer> connections = answering(framed(ACK.formatted("AA", "M1")), framed(ACK.formatted("AE", "M1")));

        MllpAnswer first = client.send(MESSAGE);
        MllpAnswer second = client.send(MESSAGE);

        assertThat(List.of(first.code(), second.code())).containsExactly("AA", "AE");
        assertThat(second.text()).isEqualTo("why");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void an_answer_to_another_message_is_none() throws Exception {
        Future<Integer> connections = answering(framed(ACK.formatted("AA", "M0")));

        assertThatThrownBy(() -> client.send(MESSAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"M0\"")
                .hasMessageContaining("\"M1\"");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void an_answer_counts_by_the_bytes_of_the_control_id_whatever_set_they_are_read_in() throws Exception {
        String controlId = new String("X\u0085\u20ac".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        answering(framed(ACK.formatted("AA", controlId)));

        MllpAnswer answer = client.send(new String(MESSAGE, StandardCharsets.ISO_8859_1)
                .replace("M1", controlId)
                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.code()).isEqualTo("AA");
    }

    @Test
    void after_a_timeout_the_connection_is_closed_and_the_next_message_opens_a_new_one() throws Exception {
        Future<Integer> connections = answering("", framed(ACK.formatted("AA", "M1")));

        assertThatThrownBy(() -> client.send(MESSAGE)).hasMessageContaining("no answer within");
        MllpAnswer answer = client.send(MESSAGE);

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void what_is_no_acknowledgement_is_said_to_be_none() throws Exception {
        Future<Integer> connections = answering(framed("HTTP/1.1 400 Bad Request"));

        assertThatThrownBy(() -> client.send(MESSAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no HL7");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void both_answers_are_awaited_where_both_are_asked_for_and_none_where_none_is() throws Exception {
        Future<Integer> connections = answering(
                framed(ACK.formatted("CA", "M1")) + framed(ACK.formatted("AE", "M1")),
                "",
                framed(ACK.formatted("AA", "M1")));

        assertThat(client.send(asking("AL", "AL")).code()).isEqualTo("AE");
        assertThat(client.send(asking("NE", "NE"))).isEqualTo(MllpAnswer.NONE);
        assertThat(client.send(MESSAGE).code()).isEqualTo("AA");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void a_batch_is_answered_by_the_worst_of_its_acknowledgements() throws Exception {
        String answer = "BHS|^~\\&\r" + ACK.formatted("AA", "M1") + "\r" + ACK.formatted("AE", "M1") + "\r"
                + ACK.formatted("AR", "M1") + "\r" + ACK.formatted("CE", "M1") + "\rBTS|4\r";
        Future<Integer> connections =
                answering(framed(answer), framed("BHS|^~\\&\r" + ACK.formatted("AA", "M1") + "\rBTS|1\r"));
        String message = new String(MESSAGE, StandardCharsets.ISO_8859_1);
        byte[] batch = ("BHS|^~\\&\r" + (message + "\r").repeat(4) + "BTS|4\r").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(client.send(batch).code()).isEqualTo("AR");
        assertThatThrownBy(() -> client.send(batch)).hasMessageContaining("1 acknowledgements to 4 messages");
        assertThat(connections.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static byte[] asking(String accept, String application) {
        return "MSH|^~\\&|A|B|C|D|1||ORM^O01|M1|P|2.5.1|||%s|%s\rORC|NW\r"
                .formatted(accept, application)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_port_that_nobody_listens_on_is_named() throws IOException {
        server.close();

        assertThatThrownBy(() -> client.send(MESSAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining(String.valueOf(server.getLocalPort()));
    }

    /** Answers one message after the other; counts the connections it took. */
    private Future<Integer> answering(String... answers) {
        return receiver.submit(() -> {
            int connections = 0;
            int answered = 0;
            while (answered < answers.length) {
                try (Socket connection = server.accept()) {
                    connections++;
                    while (answered < answers.length && readFrame(connection.getInputStream())) {
                        connection.getOutputStream().write(answers[answered++].getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return connections;
        });
    }

    private static boolean readFrame(InputStream in) throws IOException {
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (last == MllpDecoder.END_BLOCK && next == MllpDecoder.CARRIAGE_RETURN) {
                return true;
            }
            last = next;
        }
        return false;
    }

    private static String framed(String content) {
        return (char) MllpDecoder.START_BLOCK + content + (char) MllpDecoder.END_BLOCK + "\r";
    }
}
