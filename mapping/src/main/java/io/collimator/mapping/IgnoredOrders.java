package io.collimator.mapping;

import io.collimator.hl7.message.OrderGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * The orders of a message that the site leaves out: each meets the condition of a row of {@code order-control.csv} whose
 * action is {@code ignore}. Whether the message may be ignored is for whoever knows which orders are known.
 *
 * @param lines of the rows in the file, one for each step of the message, in order; 0 where none is met
 */
public record IgnoredOrders(List<Integer> lines) {

    /** None. */
    public static final IgnoredOrders NONE = new IgnoredOrders(List.of());

    public IgnoredOrders {
        lines = List.copyOf(lines);
    }

    public boolean isEmpty() {
        return lines.stream().allMatch(line -> line == 0);
    }

    /** Whether nothing of the message is left. */
    public boolean isWhole() {
        return !lines.isEmpty() && lines.stream().allMatch(line -> line > 0);
    }

    /** {@code mapping/tables/order-control.csv:12}, each row once. */
    public String rows() {
        return String.join(
                ", ",
                lines.stream()
                        .filter(line -> line > 0)
                        .distinct()
                        .map(line -> "mapping/tables/order-control.csv:" + line)
                        .toList());
    }

    List<OrderGroup> left(List<OrderGroup> groups) {
        List<OrderGroup> left = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (i >= lines.size() || lines.get(i) == 0) {
                left.add(groups.get(i));
            }
        }
        return left;
    }
}
