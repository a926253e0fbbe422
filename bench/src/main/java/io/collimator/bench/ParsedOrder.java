package io.collimator.bench;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.util.Terser;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What the baseline takes out of an order message. */
record ParsedOrder(
        String sender,
        String controlId,
        String patientId,
        String issuer,
        String patientName,
        String birthDate,
        String sex,
        String placer,
        String placerNamespace,
        String filler,
        String fillerNamespace,
        String accession,
        String procedureId,
        String stepId,
        String modality,
        LocalDateTime start,
        String study) {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

    static ParsedOrder of(Message message) throws HL7Exception {
        Segment msh = (Segment) message.get("MSH");
        Segment pid = (Segment) message.get("PID");
        Segment orc = (Segment) message.get("ORC");
        Segment obr = (Segment) message.get("OBR");
        return new ParsedOrder(
                get(msh, 3, 1) + "|" + get(msh, 4, 1),
                get(msh, 10, 1),
                get(pid, 3, 1),
                get(pid, 3, 4),
                get(pid, 5, 1) + "^" + get(pid, 5, 2) + "^" + get(pid, 5, 3),
                get(pid, 7, 1),
                get(pid, 8, 1),
                get(orc, 2, 1),
                get(orc, 2, 2),
                get(orc, 3, 1),
                get(orc, 3, 2),
                get(obr, 18, 1),
                get(obr, 19, 1),
                get(obr, 20, 1),
                get(obr, 24, 1),
                LocalDateTime.parse(get(orc, 7, 4), MINUTES),
                get((Segment) message.get("ZDS"), 1, 1));
    }

    private static String get(Segment segment, int field, int component) throws HL7Exception {
        String value = Terser.get(segment, field, 0, component, 1);
        return value == null ? "" : value;
    }
}
