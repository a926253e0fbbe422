package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.testing.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message is known again for as long as it is kept. */
class RememberedMessagesTest {

    private final MemoryStore store = new MemoryStore(Fixtures.CLOCK);

    @ParameterizedTest
    @CsvSource({"3, 2, SAME_MESSAGE", "3, 4, NONE", "30, 20, SAME_MESSAGE", "30, 31, NONE"})
    void a_message_is_a_repetition_as_long_as_it_is_remembered(int remembered, int daysBefore, Repetition expected) {
        // given
        AcceptOrder orders = new AcceptOrder(
                new AcceptOrder.Context(
                        store,
                        Fixtures.CLOCK,
                        Fixtures.identifiers(),
                        new Notices(Fixtures.CLOCK, Fixtures.identifiers(), Fixtures.encoder()),
                        Duration.ofDays(remembered)),
                (session, accession) -> {},
                Fixtures.ZONE);
        orders.accept(message(Fixtures.NOW.minus(Duration.ofDays(daysBefore))));

        // when
        AcceptOrder.Accepted again = orders.accept(message(Fixtures.NOW));

        // then
        assertThat(again.repetition()).isEqualTo(expected);
    }

    private static OrderMessage message(Instant receivedAt) {
        Reception reception = new Reception(
                new ReceivedMessage.Key("RIS|NORTH", "1", "digest"),
                "ORM^O01",
                "default",
                receivedAt,
                null,
                new byte[] {1});
        return new OrderMessage(
                reception,
                OrderForm.OBR,
                OrderPolicies.STANDARD,
                List.of(order("NW").build()));
    }
}
