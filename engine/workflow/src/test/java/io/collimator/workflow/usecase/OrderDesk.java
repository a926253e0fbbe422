package io.collimator.workflow.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.testing.MemoryStore;
import io.collimator.workflow.worklist.ScheduledStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/** The use case on a store in memory, with the words for what was sent to it and what came of it. */
final class OrderDesk {

    static final AccessionNumber ACC1 = new AccessionNumber("ACC1");
    static final AccessionNumber ACC2 = new AccessionNumber("ACC2");

    final MemoryStore store = new MemoryStore(Fixtures.CLOCK);
    final List<AccessionNumber> relinked = new ArrayList<>();
    private final AcceptOrder.Context context = new AcceptOrder.Context(
            store,
            Fixtures.CLOCK,
            Fixtures.identifiers(),
            new Notices(Fixtures.CLOCK, Fixtures.identifiers(), Fixtures.encoder()));
    private final AcceptOrder orders =
            new AcceptOrder(context, (session, accession) -> relinked.add(accession), Fixtures.ZONE);

    private int messages;

    AcceptOrder.Accepted accept(OrderMessage message) {
        return orders.accept(message);
    }

    AcceptAppointment appointments() {
        return new AcceptAppointment(context);
    }

    AssignStation stations() {
        return new AssignStation(context, title -> !title.value().equals("STRANGER"));
    }

    AcceptOrder.Accepted accept(OrderedStep... steps) {
        return accept(message(OrderForm.OBR, steps));
    }

    AbstractThrowableAssert<?, ? extends Throwable> refused(OrderedStep... steps) {
        return assertThatThrownBy(() -> accept(steps)).isInstanceOf(OrderRefusedException.class);
    }

    void assertRefused(String expected, OrderDraft order) {
        refused(order.build()).satisfies(e -> assertThat(refusal(e)).isEqualTo(expected));
    }

    static String refusal(Throwable e) {
        OrderRefusedException refused = (OrderRefusedException) e;
        return refused.code() + " " + refused.location().orElseThrow();
    }

    OrderMessage message(OrderForm form, OrderedStep... steps) {
        return new OrderMessage(reception(null), form, OrderPolicies.STANDARD, numbered(steps));
    }

    OrderMessage message(Instant messageTime, OrderedStep... steps) {
        return new OrderMessage(reception(messageTime), OrderForm.OBR, OrderPolicies.STANDARD, numbered(steps));
    }

    private static List<OrderedStep> numbered(OrderedStep... steps) {
        List<OrderedStep> numbered = new ArrayList<>();
        for (OrderedStep step : steps) {
            numbered.add(new OrderedStep(
                    step.instruction(),
                    step.orderIndex(),
                    numbered.size() + 1,
                    step.transactionTime(),
                    step.parent(),
                    step.attributes(),
                    step.defaults()));
        }
        return numbered;
    }

    /** Another message from the same sender, sent at this time. */
    Reception reception(@Nullable Instant messageTime) {
        messages++;
        return new Reception(
                new ReceivedMessage.Key("RIS|NORTH", String.valueOf(messages), "digest " + messages),
                "ORM^O01",
                "default",
                Fixtures.NOW,
                messageTime,
                new byte[] {1});
    }

    Accession accession(AccessionNumber number) {
        return store.accessions().find(number).orElseThrow();
    }

    List<ScheduledStep> steps(AccessionNumber number) {
        return store.scheduledSteps().ofAccession(number);
    }

    ScheduledStep onlyStep(AccessionNumber number) {
        assertThat(steps(number)).hasSize(1);
        return steps(number).get(0);
    }

    List<String> notices() {
        return store.outbox().pending(1000).stream()
                .filter(notice -> !notice.queue().equals(Notices.EXCEPTIONS_QUEUE))
                .map(OrderDesk::describe)
                .toList();
    }

    List<String> timeline(AccessionNumber number) {
        return store.timeline().of(number).stream().map(TimelineEntry::summary).toList();
    }

    static Patient patient(String id, String issuer) {
        return new Patient(new PatientId(id, issuer), "DOE^JOHN", "19740312", "M");
    }

    private static String describe(OutboxMessage notice) {
        return notice.eventType() + " " + notice.body();
    }
}
