package io.collimator.hl7.outcome;

import java.util.List;

/**
 * What became of the orders of a message, for {@code ORR^O02}, {@code ORG^O20} and {@code ORI^O24} (HL7 v2.5.1 §4.4.2,
 * §4.4.5, §4.4.11). Values are plain text; what is not known is "". Names no patient.
 *
 * @param orders one for each order of the request, in its order
 */
public record OrderResponse(List<Order> orders) {

    public OrderResponse {
        orders = List.copyOf(orders);
    }

    /**
     * ORC.
     *
     * @param control ORC-1 of the answer (table 0119), for instance OK, UA, CR, UC, XR, UX, DR, UD, HR, UH, OR, UR, RQ,
     *     UM, NA
     * @param placer ORC-2
     * @param filler ORC-3
     * @param procedures what was requested by it; none: the order is answered by its ORC alone
     */
    public record Order(String control, EntityIdentifier placer, EntityIdentifier filler, List<Procedure> procedures) {

        public Order {
            procedures = List.copyOf(procedures);
        }
    }

    /**
     * EI (HL7 v2.5.1 §2.A.28).
     *
     * @param identifier EI.1
     * @param namespace EI.2
     * @param universalId EI.3
     * @param universalIdType EI.4
     */
    public record EntityIdentifier(String identifier, String namespace, String universalId, String universalIdType) {

        /** Nothing. */
        public static final EntityIdentifier NONE = new EntityIdentifier("", "", "", "");

        public static EntityIdentifier of(String identifier, String namespace) {
            return new EntityIdentifier(identifier, namespace, "", "");
        }
    }

    /**
     * OBR and ZDS, or IPC.
     *
     * @param accessionNumber OBR-18, IPC-1
     * @param requestedProcedureId OBR-19, IPC-2
     * @param studyInstanceUid ZDS-1, IPC-3
     * @param stepId OBR-20, IPC-4
     */
    public record Procedure(
            String accessionNumber, String requestedProcedureId, String studyInstanceUid, String stepId) {}
}
