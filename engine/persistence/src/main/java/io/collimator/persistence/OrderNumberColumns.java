package io.collimator.persistence;

import io.collimator.workflow.order.OrderNumber;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** The columns of an order number, null together when there is none. */
@Embeddable
record OrderNumberColumns(@Nullable String number, @Nullable String namespace) {

    static @Nullable OrderNumberColumns of(@Nullable OrderNumber order) {
        if (order == null) {
            return null;
        }
        String namespace = order.issuer();
        return new OrderNumberColumns(
                ColumnText.storable(order.number()), namespace == null ? null : ColumnText.storable(namespace));
    }

    static @Nullable OrderNumber toNumber(@Nullable OrderNumberColumns columns) {
        return columns == null || columns.number == null ? null : new OrderNumber(columns.number, columns.namespace);
    }
}
