package io.collimator.mapping;

/**
 * A row of {@code mapping/tables/order-control.csv}: what ORC-1 with ORC-5 means here.
 *
 * @param control ORC-1, or {@code *} for any
 * @param status ORC-5, or {@code *} for any
 * @param action what it asks for
 * @param stepStatus the status that the step gets, "" when it stays as it is
 * @param acceptedReply ORC-1 of the order response when it was done, "" when none is due
 * @param refusedReply ORC-1 of the order response when it was not
 * @param line in the file
 */
public record OrderControlRow(
        String control,
        String status,
        OrderAction action,
        String stepStatus,
        String acceptedReply,
        String refusedReply,
        int line) {}
