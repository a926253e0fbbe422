package io.collimator.workflow.usecase;

import io.collimator.workflow.order.OrderAction;
import java.util.List;

/** Ties an order to the one above it and to what it replaces (ORC-8, HL7 v2.5.1 §4.5.1.8). */
final class OrderLinks {

    private OrderLinks() {}

    static void link(AccessionDraft draft, OrderGroup group, List<AccessionDraft> replaced) {
        if (group.action() == OrderAction.REPLACEMENT) {
            replaced.forEach(old -> linkReplaced(draft, group, old));
        } else if (group.action() == OrderAction.CHILD
                && group.parent().isNamed()
                && !group.parent().equals(draft.parent())) {
            draft.setParent(group.parent());
            draft.note(new AccessionDraft.Note(
                    "order.child",
                    "Order with %s belongs to the one with %s"
                            .formatted(
                                    group.orderNumber(),
                                    group.parent().filler() != null
                                            ? "filler order number "
                                                    + group.parent().filler()
                                            : "placer order number "
                                                    + group.parent().placer())));
        }
    }

    private static void linkReplaced(AccessionDraft draft, OrderGroup group, AccessionDraft old) {
        draft.note(new AccessionDraft.Note(
                "order.replacement",
                "Order with %s takes the place of the order of accession %s"
                        .formatted(group.orderNumber(), old.number())));
        if (old != draft) {
            old.note(new AccessionDraft.Note(
                    "order.replacement",
                    "The order with %s, accession %s, takes its place".formatted(group.orderNumber(), draft.number())));
        }
    }
}
