package io.collimator.mapping;

/**
 * The two numbers of an order, each with the namespace of its system; "" where the message says nothing.
 *
 * @param placer the number of the system that ordered
 * @param filler the number of the system that performs
 */
public record OrderNumbers(String placer, String placerNamespace, String filler, String fillerNamespace) {

    /** Says nothing. */
    public static final OrderNumbers NONE = new OrderNumbers("", "", "", "");

    public boolean isEmpty() {
        return placer.isEmpty() && filler.isEmpty();
    }
}
