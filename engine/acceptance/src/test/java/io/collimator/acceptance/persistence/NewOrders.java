package io.collimator.acceptance.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.SentFields;
import java.util.List;

/** Steps of new orders, as NW brings them. */
final class NewOrders {

    private NewOrders() {}

    /** The only step of its message, with nothing but these attributes. */
    static OrderedStep step(DataSet attributes) {
        return step(attributes, SentFields.NONE);
    }

    /** @param sent for statuses to repeat */
    static OrderedStep step(DataSet attributes, SentFields sent) {
        return new OrderedStep(
                new OrderedStep.Instruction(OrderAction.NEW, "NW", null),
                1,
                1,
                null,
                OrderedStep.ParentOrder.NONE,
                attributes,
                DataSet.empty(),
                List.of(),
                sent);
    }
}
