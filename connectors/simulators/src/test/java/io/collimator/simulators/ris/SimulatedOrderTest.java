package io.collimator.simulators.ris;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.simulators.ris.SimulatedOrder.OrderControl;
import io.collimator.simulators.ris.SimulatedOrder.SimulatedPatient;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class SimulatedOrderTest {

    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 22, 10, 30);

    private static final SimulatedOrder ORDER = new SimulatedOrder(
            "ACC1",
            new SimulatedPatient("P1", "ØSTBY & SØN", "ANNE|LISE", "19740312", "F"),
            "CT",
            "CTHEAD",
            "CT HEAD",
            START,
            new Uid("1.2.3"));

    @Test
    void the_message_is_read_back_as_it_was_meant() {
        String text = ORDER.toMessage(OrderControl.NEW, "SIM1", START.minusHours(1));

        Hl7Message message = Hl7Message.parse(text.getBytes(StandardCharsets.UTF_8));

        assertThat(message.kind()).isEqualTo("ORM^O01");
        Hl7Segment order = message.first("OBR").orElseThrow();
        assertThat(order.value(18).orEmpty()).isEqualTo("ACC1");
        assertThat(order.value(20).orEmpty()).isEqualTo("ACC1");
        assertThat(order.value(24).orEmpty()).isEqualTo("CT");
        assertThat(message.first("ORC").orElseThrow().value(1).orEmpty()).isEqualTo("NW");
        assertThat(message.first("ZDS").orElseThrow().value(1).orEmpty()).isEqualTo("1.2.3");
        assertThat(text).contains("|ØSTBY \\T\\ SØN^ANNE\\F\\LISE|").contains("|1^ONCE^^202611221030^^R");
    }
}
