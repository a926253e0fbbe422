package io.collimator.simulators.ris;

import io.collimator.dicom.data.Uid;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * An order of one procedure step, written as {@code ORM^O01} 2.3.1 in UTF-8; the accession number is also the ID of the
 * requested procedure and of the step. Values may hold HL7 delimiters, they are
 * escaped (HL7 v2.5.1 §2.7.1); names are a family and a given name.
 *
 * @param start when the step is to begin, in the zone of the hospital
 */
public record SimulatedOrder(
        String accessionNumber,
        SimulatedPatient patient,
        String modality,
        String procedureCode,
        String procedureText,
        LocalDateTime start,
        Uid studyInstanceUid) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    /**
     * A patient of the simulated hospital.
     *
     * @param birthDate {@code yyyyMMdd}
     * @param sex {@code F}, {@code M} or {@code O}
     */
    public record SimulatedPatient(String id, String familyName, String givenName, String birthDate, String sex) {

        /** The ID only. */
        @Override
        public String toString() {
            return "SimulatedPatient[" + id + "]";
        }
    }

    /** ORC-1 (HL7 table 0119). */
    public enum OrderControl {
        NEW("NW"),
        CHANGE("XO"),
        CANCEL("CA");

        private final String code;

        OrderControl(String code) {
            this.code = code;
        }
    }

    /** The order with another start. */
    public SimulatedOrder movedTo(LocalDateTime other) {
        return new SimulatedOrder(
                accessionNumber, patient, modality, procedureCode, procedureText, other, studyInstanceUid);
    }

    /** The message, segments ended by CR, without framing. */
    String toMessage(OrderControl control, String controlId, LocalDateTime sent) {
        String placer = field("ORD-" + accessionNumber) + "^SIMRIS";
        String filler = field("FIL-" + accessionNumber) + "^SIMRIS";
        String timing = "1^ONCE^^" + MINUTE.format(start) + "^^R";
        String code = field(procedureCode) + "^" + field(procedureText) + "^99SIM";
        String procedure = code + "^" + code;
        String accession = field(accessionNumber);
        return String.join(
                        "\r",
                        List.of(
                                "MSH|^~\\&|SIMRIS|SIMULATED|COLLIMATOR|RADIOLOGY|" + SECOND.format(sent) + "||ORM^O01|"
                                        + field(controlId) + "|P|2.3.1||||||UNICODE UTF-8",
                                "PID|||" + field(patient.id()) + "^^^SIMULATED||" + field(patient.familyName()) + "^"
                                        + field(patient.givenName()) + "||" + field(patient.birthDate()) + "|"
                                        + field(patient.sex()),
                                "PV1||O|RADIOLOGY",
                                "ORC|" + control.code + "|" + placer + "|" + filler + "||"
                                        + (control == OrderControl.CANCEL ? "CA" : "SC") + "||" + timing,
                                "OBR|1|" + placer + "|" + filler + "|" + procedure + "||||||||||||||"
                                        + accession + "|" + accession + "|" + accession + "||||" + field(modality)
                                        + "|||" + timing,
                                "ZDS|" + studyInstanceUid + "^SIMRIS^Application^DICOM"))
                + "\r";
    }

    private static String field(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '|' -> escaped.append("\\F\\");
                case '^' -> escaped.append("\\S\\");
                case '&' -> escaped.append("\\T\\");
                case '~' -> escaped.append("\\R\\");
                case '\\' -> escaped.append("\\E\\");
                case '\r', '\n' -> escaped.append(' ');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
