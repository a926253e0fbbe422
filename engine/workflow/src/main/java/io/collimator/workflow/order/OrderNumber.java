package io.collimator.workflow.order;

import org.jspecify.annotations.Nullable;

/**
 * A placer or filler order number (HL7 v2.5.1 §4.5.1.2, §4.5.1.3, EI).
 *
 * @param number EI.1, not empty
 * @param namespace EI.2, null when the source named none
 */
public record OrderNumber(String number, @Nullable String namespace) {

    public OrderNumber {
        number = number.strip();
        if (number.isEmpty()) {
            throw new IllegalArgumentException("An order number is empty; send ORC-2 or ORC-3.");
        }
        namespace = namespace == null || namespace.isBlank() ? null : namespace.strip();
    }

    @Override
    public String toString() {
        return namespace == null ? number : number + "^" + namespace;
    }
}
