package io.collimator.hl7.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which OBR each segment of a message belongs to (HL7 v2.5.1 §7.3.1): what follows an OBR to that one, what stands between
 * an ORC and its first OBR to all that follow the ORC, a patient to all that follow the PID, the header to all.
 */
final class RequestLines {

    private static final Set<String> HEADER = Set.of("MSH", "SFT");

    private final List<Line> lines = new ArrayList<>();
    private final Block patient = new Block();
    private final Block order = new Block();
    private boolean inOrder;
    private boolean inRequest;
    private int requests;

    /** @param lines one a segment, MSH first */
    RequestLines(List<String> lines) {
        lines.forEach(this::add);
        patient.end();
        order.end();
    }

    /** The segments that belong to one of these OBR, counted from 0; all when these are all. */
    List<String> of(Set<Integer> kept) {
        boolean all = kept.size() == requests;
        return lines.stream()
                .filter(line -> all || kept.stream().anyMatch(line::belongsTo))
                .map(Line::text)
                .toList();
    }

    private void add(String text) {
        String name = text.substring(0, 3);
        if (HEADER.contains(name)) {
            lines.add(new Line(text, 0, Integer.MAX_VALUE));
        } else if (name.equals("PID")) {
            patient.end();
            order.end();
            inOrder = false;
            inRequest = false;
            patient.add(text);
        } else if (OrderGroups.PATIENT_SEGMENTS.contains(name)) {
            patient.add(text);
        } else if (name.equals("ORC")) {
            order.end();
            inOrder = true;
            inRequest = false;
            order.add(text);
        } else if (name.equals("OBR")) {
            inOrder = true;
            inRequest = true;
            requests++;
            lines.add(new Line(text, requests - 1, requests));
        } else if (inRequest) {
            lines.add(new Line(text, requests - 1, requests));
        } else {
            (inOrder ? order : patient).add(text);
        }
    }

    /**
     * A segment.
     *
     * @param from the first OBR that it belongs to
     * @param to after the last one
     */
    private record Line(String text, int from, int to) {

        boolean belongsTo(int request) {
            return request >= from && request < to;
        }
    }

    /** Segments that belong to every OBR until the block ends, wherever in it they stand. */
    private final class Block {

        private final List<Integer> places = new ArrayList<>();
        private int from;

        void add(String text) {
            places.add(lines.size());
            lines.add(new Line(text, from, from));
        }

        void end() {
            places.forEach(place -> lines.set(place, new Line(lines.get(place).text(), from, requests)));
            places.clear();
            from = requests;
        }
    }
}
