package io.collimator.mapping;

import java.time.Instant;
import java.util.Optional;

/**
 * What happens to an order, from ORC and OBR (HL7 v2.5.1 §4.5.1).
 *
 * @param control ORC-1 as sent, not empty
 * @param status ORC-5 as sent, else what ORC-1 implies (CA, DC, SC), else ""
 * @param row the row of the order control table that was chosen
 * @param numbers ORC-2 and ORC-3, else OBR-2 and OBR-3
 * @param parent ORC-8; both numbers "" when the message names none
 * @param parentRequest OBR-29
 * @param placerGroup ORC-4.1
 * @param responseFlag ORC-6
 * @param transactionTime ORC-9; empty when there is none, or none that is a time
 */
public record OrderEvent(
        String control,
        String status,
        OrderControlRow row,
        OrderNumbers numbers,
        OrderNumbers parent,
        OrderNumbers parentRequest,
        String placerGroup,
        String responseFlag,
        Optional<Instant> transactionTime) {}
