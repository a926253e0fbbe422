package io.collimator.hl7.ack;

import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.hl7.outcome.OrderResponse.Order;
import io.collimator.hl7.outcome.OrderResponse.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order groups of {@code ORR^O02} and {@code ORG^O20}: ORC, OBR, ZDS for each procedure; of {@code ORI^O24}: ORC,
 * OBR, and an IPC for each procedure (HL7 v2.5.1 §4.4.2, §4.4.5, §4.4.11; ZDS is IHE's, RAD TF-2 §4.4).
 */
final class OrderResponseWriter {

    private OrderResponseWriter() {}

    /** MSH-9 of the answer; empty when the request is no order message and gets a plain ACK. */
    static Optional<String> kind(AckLayout layout) {
        return switch (layout.request().messageType()) {
            case "ORM" -> Optional.of(layout.components("ORR", "O02", layout.isBefore25() ? "" : "ORR_O02"));
            case "OMG" -> Optional.of(layout.components("ORG", "O20", "ORG_O20"));
            case "OMI" -> Optional.of(layout.components("ORI", "O24", "ORI_O24"));
            default -> Optional.empty();
        };
    }

    /** The segments behind MSA and ERR. */
    static List<String> segments(AckLayout layout, OrderResponse response) {
        boolean imaging = layout.request().messageType().equals("OMI");
        List<String> segments = new ArrayList<>();
        for (Order order : response.orders()) {
            if (imaging) {
                addImaging(layout, order, segments);
            } else if (order.procedures().isEmpty()) {
                segments.add(common(layout, order));
            } else {
                order.procedures().forEach(procedure -> addRequest(layout, order, procedure, segments));
            }
        }
        return segments;
    }

    private static void addImaging(AckLayout layout, Order order, List<String> segments) {
        segments.add(common(layout, order));
        if (order.procedures().isEmpty()) {
            return;
        }
        segments.add(request(layout, order, ""));
        for (Procedure procedure : order.procedures()) {
            segments.add(layout.fields(List.of(
                    "IPC",
                    layout.escape(procedure.accessionNumber()),
                    layout.escape(procedure.requestedProcedureId()),
                    layout.escape(procedure.studyInstanceUid()),
                    layout.escape(procedure.stepId()))));
        }
    }

    private static void addRequest(AckLayout layout, Order order, Procedure procedure, List<String> segments) {
        segments.add(common(layout, order));
        String numbers = layout.fields(List.of(
                layout.escape(procedure.accessionNumber()),
                layout.escape(procedure.requestedProcedureId()),
                layout.escape(procedure.stepId())));
        segments.add(request(layout, order, numbers));
        if (!procedure.studyInstanceUid().isEmpty()) {
            segments.add(layout.fields(List.of(
                    "ZDS",
                    layout.components(
                            layout.escape(procedure.studyInstanceUid()),
                            layout.escape(layout.request().field(5)),
                            "Application",
                            "DICOM"))));
        }
    }

    private static String common(AckLayout layout, Order order) {
        return layout.fields(List.of(
                "ORC",
                layout.escape(order.control()),
                layout.identifier(order.placer()),
                layout.identifier(order.filler())));
    }

    /** @param numbers OBR-18 to OBR-20 */
    private static String request(AckLayout layout, Order order, String numbers) {
        List<String> fields = new ArrayList<>(
                List.of("OBR", "1", layout.identifier(order.placer()), layout.identifier(order.filler())));
        while (fields.size() < 18) {
            fields.add("");
        }
        fields.add(numbers);
        return layout.fields(fields);
    }
}
