package io.collimator.hl7.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Divides the segments of an order message into those of the patient and those of each step. */
final class OrderGroups {

    /** They speak of the patient or the visit wherever a sender puts them. */
    static final Set<String> PATIENT_SEGMENTS = Set.of(
            "MSH", "SFT", "EVN", "PID", "PD1", "MRG", "NK1", "PV1", "PV2", "AL1", "IAM", "GT1", "IN1", "IN2", "IN3");

    private final List<Hl7Segment> messageLevel = new ArrayList<>();
    private final List<Hl7Segment> patientNotes = new ArrayList<>();
    private final List<OrderGroup> groups = new ArrayList<>();

    private final List<Hl7Segment> ofOrder = new ArrayList<>();
    private final List<Hl7Segment> ofRequest = new ArrayList<>();
    private final List<Hl7Segment> imaging = new ArrayList<>();
    private boolean inOrder;
    private boolean inRequest;
    private int order;
    private int step;

    OrderGroups(List<Hl7Segment> segments) {
        String owner = "";
        for (Hl7Segment segment : segments) {
            if (segment.name().equals("NTE") && !inOrder && (owner.equals("PID") || owner.equals("PD1"))) {
                patientNotes.add(segment);
            } else {
                add(segment);
                owner = segment.name();
            }
        }
        endRequest();
    }

    List<Hl7Segment> messageLevel() {
        return List.copyOf(messageLevel);
    }

    /** NTE segments that follow PID. */
    List<Hl7Segment> patientNotes() {
        return List.copyOf(patientNotes);
    }

    List<OrderGroup> groups() {
        return List.copyOf(groups);
    }

    private void add(Hl7Segment segment) {
        if (PATIENT_SEGMENTS.contains(segment.name())) {
            messageLevel.add(segment);
        } else if (segment.name().equals("ORC")) {
            endRequest();
            ofOrder.clear();
            ofOrder.add(segment);
            beginOrder();
        } else if (segment.name().equals("OBR")) {
            beginRequest(segment);
        } else if (!inOrder) {
            messageLevel.add(segment);
        } else if (segment.name().equals("IPC")) {
            imaging.add(segment);
        } else {
            (inRequest ? ofRequest : ofOrder).add(segment);
        }
    }

    private void beginOrder() {
        inOrder = true;
        order++;
        step = 0;
    }

    private void beginRequest(Hl7Segment request) {
        if (!inOrder) {
            beginOrder();
        } else if (inRequest) {
            endRequest();
        }
        inRequest = true;
        ofRequest.add(request);
    }

    /** Makes the steps of the request that ends here; an order without OBR is one step, unless OBRs came before. */
    private void endRequest() {
        if (inOrder && (inRequest || step == 0)) {
            if (imaging.isEmpty()) {
                addGroup(List.of());
            }
            imaging.forEach(segment -> addGroup(List.of(segment)));
        }
        ofRequest.clear();
        imaging.clear();
        inRequest = false;
    }

    private void addGroup(List<Hl7Segment> own) {
        List<Hl7Segment> segments = new ArrayList<>(ofOrder);
        segments.addAll(ofRequest);
        segments.addAll(own);
        groups.add(new OrderGroup(order, ++step, segments));
    }
}
