package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderRefusedException;
import java.util.Set;

/**
 * Whether an order message could be taken, as far as it says so itself: by the checks that {@link AcceptOrder} makes, for
 * an engine that knows neither order nor patient. A change may rest on what is stored, so that only its keys are judged.
 */
public final class ForeseeOrder {

    private static final Set<OrderAction> SCHEDULING =
            Set.of(OrderAction.NEW, OrderAction.REPLACEMENT, OrderAction.CHILD);

    private ForeseeOrder() {}

    /**
     * Judges the message; stores and reads nothing.
     *
     * @throws OrderRefusedException as {@link AcceptOrder#accept} would
     */
    public static void check(OrderMessage message) {
        try {
            OrderGroupReader.groupsOf(message).stream()
                    .filter(group -> SCHEDULING.contains(group.action()))
                    .forEach(ForeseeOrder::checkNew);
        } catch (DicomDataException e) {
            throw AcceptOrder.unstorable(e);
        }
    }

    private static void checkNew(OrderGroup group) {
        OrderScheduling.newAccessionOf(group);
        EntryAttributes.Filled filled = EntryAttributes.fill(
                new EntryAttributes.Filled(DataSet.empty(), Set.of()), group.attributes(), group.defaults());
        EntryCompletion.requireAll(filled.entry(), group);
    }
}
