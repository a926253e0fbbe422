package io.collimator.engine.intake;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.hl7.outcome.OrderResponse.EntityIdentifier;
import io.collimator.hl7.outcome.OrderResponse.Order;
import io.collimator.hl7.outcome.OrderResponse.Procedure;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.OrderEvent;
import io.collimator.mapping.OrderNumbers;
import io.collimator.workflow.order.GroupResult;
import io.collimator.workflow.order.OrderNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ORR, ORG and ORI say of each order, by the order control table's replies (HL7 v2.5.1 table 0119). */
final class OrderResponses {

    private OrderResponses() {}

    /** @param results one for each step of the message, in its order */
    static OrderResponse accepted(MappedMessage mapped, List<GroupResult> results) {
        SortedMap<Integer, Order> orders = new TreeMap<>();
        for (int i = 0; i < mapped.steps().size(); i++) {
            @Nullable GroupResult result = i < results.size() ? results.get(i) : null;
            groups(mapped.steps().get(i))
                    .forEach((number, event) -> orders.merge(
                            number, order(event, event.row().acceptedReply(), result), OrderResponses::joined));
        }
        return new OrderResponse(List.copyOf(orders.values()));
    }

    /** Nothing of the message was applied, so every order of it is answered by its refusal. */
    static OrderResponse refused(MappedMessage mapped) {
        SortedMap<Integer, Order> orders = new TreeMap<>();
        for (MappedStep step : mapped.steps()) {
            groups(step)
                    .forEach((number, event) ->
                            orders.putIfAbsent(number, order(event, event.row().refusedReply(), null)));
        }
        return new OrderResponse(List.copyOf(orders.values()));
    }

    /** The orders of the message that bring the step, by their number. */
    private static Map<Integer, OrderEvent> groups(MappedStep step) {
        Map<Integer, OrderEvent> groups = new HashMap<>();
        groups.put(step.group(), step.event());
        step.further().forEach(group -> groups.putIfAbsent(group.number(), group.event()));
        return groups;
    }

    private static Order joined(Order order, Order next) {
        List<Procedure> procedures = new ArrayList<>(order.procedures());
        procedures.addAll(next.procedures());
        return new Order(order.control(), order.placer(), order.filler(), procedures);
    }

    private static Order order(OrderEvent event, String reply, @Nullable GroupResult result) {
        OrderNumbers sent = event.numbers();
        return new Order(
                reply.isEmpty() ? "OK" : reply,
                number(result == null ? null : result.placer(), sent.placer(), sent.placerIssuer()),
                number(result == null ? null : result.filler(), sent.filler(), sent.fillerIssuer()),
                result == null || result.accession() == null ? List.of() : List.of(procedure(result)));
    }

    private static EntityIdentifier number(@Nullable OrderNumber known, String sent, String issuer) {
        String number = known == null ? sent : known.number();
        return AssigningAuthority.parse(known == null ? issuer : orEmpty(known.issuer()))
                .map(authority -> new EntityIdentifier(
                        number, authority.namespace(), authority.universalId(), authority.universalIdType()))
                .orElseGet(() -> EntityIdentifier.of(number, ""));
    }

    private static Procedure procedure(GroupResult result) {
        return new Procedure(
                result.accession() == null ? "" : result.accession().value(),
                orEmpty(result.requestedProcedureId()),
                result.studyInstanceUid() == null
                        ? ""
                        : result.studyInstanceUid().value(),
                result.stepId());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
