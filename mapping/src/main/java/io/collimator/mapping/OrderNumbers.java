package io.collimator.mapping;

/**
 * The two numbers of an order, each with who gave it as {@code AssigningAuthority} writes it ({@code RIS},
 * {@code RIS&1.2.3&ISO}); "" where the message says nothing.
 *
 * @param placer the number of the system that ordered
 * @param filler the number of the system that performs
 */
public record OrderNumbers(String placer, String placerIssuer, String filler, String fillerIssuer) {

    /** Says nothing. */
    public static final OrderNumbers NONE = new OrderNumbers("", "", "", "");

    public boolean isEmpty() {
        return placer.isEmpty() && filler.isEmpty();
    }
}
