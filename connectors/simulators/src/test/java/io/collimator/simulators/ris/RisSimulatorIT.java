package io.collimator.simulators.ris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.collimator.dicom.data.Uid;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.ris.RisSimulator.MessageAnswered;
import io.collimator.simulators.ris.SimulatedOrder.OrderControl;
import io.collimator.simulators.ris.SimulatedOrder.SimulatedPatient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RisSimulatorIT {

    private static final SimulatedOrder ORDER = new SimulatedOrder(
            "ACC1",
            new SimulatedPatient("P1", "DOE", "JANE", "19740312", "F"),
            "CT",
            "CTHEAD",
            "CT HEAD",
            LocalDateTime.of(2026, 11, 22, 10, 30),
            new Uid("1.2.3"));

    @Test
    void an_accepted_order_gives_its_control_id_and_any_other_answer_is_an_error() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RisSimulator ris = new RisSimulator(new RisSettings(
                        MllpClientSettings.of("127.0.0.1", server.getLocalPort()),
                        Clock.fixed(Instant.parse("2026-11-22T08:15:00Z"), ZoneOffset.UTC),
                        "SIM"))) {
            CompletableFuture<String> receiver = CompletableFuture.supplyAsync(() -> answer(server, "AA", "AE"));

            String controlId = ris.send(OrderControl.NEW, ORDER);
            assertThatIllegalStateException()
                    .isThrownBy(() -> ris.send(OrderControl.CANCEL, ORDER))
                    .withMessageContaining("SIM2 was answered AE");

            assertThat(controlId).isEqualTo("SIM1");
            assertThat(ris.events().all())
                    .extracting(MessageAnswered::controlId)
                    .containsExactly("SIM1", "SIM2");
            assertThat(receiver.get(60, TimeUnit.SECONDS))
                    .contains("|20261122081500||ORM^O01|SIM1|")
                    .contains("ORC|CA|");
        }
    }

    /** Answers one message with each code, on one connection; returns what it read. */
    private static String answer(ServerSocket server, String... codes) {
        StringBuilder read = new StringBuilder();
        try (Socket connection = server.accept()) {
            connection.setSoTimeout(60_000);
            for (int i = 0; i < codes.length; i++) {
                for (int b = connection.getInputStream().read();
                        b != 0x1C;
                        b = connection.getInputStream().read()) {
                    read.append((char) b);
                }
                String answer = "\u000bMSH|^~\\&|A|B|C|D|20261122||ACK|X|P|2.3.1\rMSA|" + codes[i] + "|SIM" + (i + 1)
                        + "|remark\r\u001c\r";
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return read.toString();
    }
}
