package io.collimator.hl7.outbound;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code ORM^O01} 2.5.1 that tells a change of an order's status: ORC-1 {@code SC}, ORC-5 the status (HL7 v2.5.1 §4.4.1,
 * §4.5.1.5). Values are plain text; what is not known is "".
 *
 * @param header who sends to whom, and when
 * @param patient of the order
 * @param placer ORC-2
 * @param filler ORC-3
 * @param status ORC-5 (table 0038): SC, IP, CM, DC or CA
 * @param changedAt ORC-9: when the status changed
 * @param procedure what was ordered
 */
public record OrderStatusMessage(
        Header header,
        Patient patient,
        OrderNumber placer,
        OrderNumber filler,
        String status,
        OffsetDateTime changedAt,
        Procedure procedure) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

    /**
     * MSH.
     *
     * @param sendingApplication MSH-3
     * @param sendingFacility MSH-4
     * @param receivingApplication MSH-5
     * @param receivingFacility MSH-6
     * @param createdAt MSH-7
     * @param controlId MSH-10, at most 20 characters
     * @param processingId MSH-11
     */
    public record Header(
            String sendingApplication,
            String sendingFacility,
            String receivingApplication,
            String receivingFacility,
            OffsetDateTime createdAt,
            String controlId,
            String processingId) {}

    /**
     * PID.
     *
     * @param id PID-3.1
     * @param issuer PID-3.4
     * @param name a DICOM person name (PS3.5 §6.2.1), for instance {@code Doe^John}
     * @param birthDate {@code YYYYMMDD}
     * @param sex M, F, O or ""
     */
    public record Patient(String id, Issuer issuer, String name, String birthDate, String sex) {

        /** Redacted. */
        @Override
        public String toString() {
            return "Patient[redacted]";
        }
    }

    /**
     * EI.
     *
     * @param number EI.1
     * @param issuer EI.2 to EI.4
     */
    public record OrderNumber(String number, Issuer issuer) {}

    /**
     * HD (HL7 v2.5.1 §2.A.33); "" where nothing is said.
     *
     * @param namespace HD.1
     * @param universalId HD.2
     * @param universalIdType HD.3
     */
    public record Issuer(String namespace, String universalId, String universalIdType) {

        /** Nobody is named. */
        public static final Issuer NONE = new Issuer("", "", "");

        public static Issuer of(String namespace) {
            return new Issuer(namespace, "", "");
        }
    }

    /**
     * OBR and ZDS.
     *
     * @param accessionNumber OBR-18
     * @param requestedProcedureId OBR-19
     * @param code OBR-4.1
     * @param description OBR-4.2
     * @param codingScheme OBR-4.3
     * @param modality OBR-24
     * @param studyInstanceUid ZDS-1.1
     */
    public record Procedure(
            String accessionNumber,
            String requestedProcedureId,
            String code,
            String description,
            String codingScheme,
            String modality,
            String studyInstanceUid) {}

    /** The message in ER7, segments ended by CR, MSH-18 {@code UNICODE UTF-8}. */
    public String toEr7() {
        StringBuilder message = new StringBuilder();
        message.append(msh()).append('\r');
        message.append(pid()).append('\r');
        message.append(orc()).append('\r');
        message.append(obr()).append('\r');
        if (!procedure.studyInstanceUid().isEmpty()) {
            message.append("ZDS|")
                    .append(components(
                            procedure.studyInstanceUid(), header.sendingApplication(), "Application", "DICOM"))
                    .append('\r');
        }
        return message.toString();
    }

    private String msh() {
        return new Fields("MSH")
                .put(2, "^~\\&")
                .put(3, escape(header.sendingApplication()))
                .put(4, escape(header.sendingFacility()))
                .put(5, escape(header.receivingApplication()))
                .put(6, escape(header.receivingFacility()))
                .put(7, TIMESTAMP.format(header.createdAt()))
                .put(9, "ORM^O01^ORM_O01")
                .put(10, escape(header.controlId()))
                .put(11, escape(header.processingId()))
                .put(12, "2.5.1")
                .put(18, "UNICODE UTF-8")
                .line();
    }

    private String pid() {
        return new Fields("PID")
                .put(3, patientId())
                .put(5, extendedPersonName(patient.name()))
                .put(7, escape(patient.birthDate()))
                .put(8, escape(patient.sex()))
                .line();
    }

    private String patientId() {
        Issuer issuer = patient.issuer();
        String authority = withoutTrailing(
                String.join(
                        "&",
                        escape(issuer.namespace()),
                        escape(issuer.universalId()),
                        escape(issuer.universalIdType())),
                '&');
        return authority.isEmpty() ? escape(patient.id()) : escape(patient.id()) + "^^^" + authority;
    }

    private static String identifier(OrderNumber order) {
        Issuer issuer = order.issuer();
        return components(order.number(), issuer.namespace(), issuer.universalId(), issuer.universalIdType());
    }

    private String orc() {
        return new Fields("ORC")
                .put(1, "SC")
                .put(2, identifier(placer))
                .put(3, identifier(filler))
                .put(5, escape(status))
                .put(9, TIMESTAMP.format(changedAt))
                .line();
    }

    private String obr() {
        return new Fields("OBR")
                .put(1, "1")
                .put(2, identifier(placer))
                .put(3, identifier(filler))
                .put(4, components(procedure.code(), procedure.description(), procedure.codingScheme()))
                .put(18, escape(procedure.accessionNumber()))
                .put(19, escape(procedure.requestedProcedureId()))
                .put(22, TIMESTAMP.format(changedAt))
                .put(24, escape(procedure.modality()))
                .line();
    }

    /** Prefix and suffix change places between PN and XPN (HL7 v2.5.1 §2.A.89); further groups become repetitions A, I, P. */
    private static String extendedPersonName(String dicomName) {
        String[] groups = dicomName.split("=", -1);
        List<String> repetitions = new ArrayList<>();
        for (int i = 0; i < Math.min(3, groups.length); i++) {
            if (!groups[i].isEmpty()) {
                String[] parts = Arrays.copyOf(groups[i].split("\\^", -1), 5);
                for (int part = 0; part < parts.length; part++) {
                    parts[part] = parts[part] == null ? "" : parts[part];
                }
                String representation = groups.length == 1 ? "" : "AIP".substring(i, i + 1);
                repetitions.add(components(parts[0], parts[1], parts[2], parts[4], parts[3], "", "", representation));
            }
        }
        return String.join("~", repetitions);
    }

    private static String components(String... values) {
        List<String> escaped =
                Arrays.stream(values).map(OrderStatusMessage::escape).toList();
        return withoutTrailing(String.join("^", escaped), '^');
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '|' -> escaped.append("\\F\\");
                case '^' -> escaped.append("\\S\\");
                case '~' -> escaped.append("\\R\\");
                case '\\' -> escaped.append("\\E\\");
                case '&' -> escaped.append("\\T\\");
                default -> escaped.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return escaped.toString();
    }

    private static String withoutTrailing(String text, char delimiter) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == delimiter) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Fields of one segment by number. */
    private static final class Fields {

        private final String name;
        private final List<String> values = new ArrayList<>();

        Fields(String name) {
            this.name = name;
        }

        Fields put(int field, String value) {
            // MSH-1 is the separator after the name
            int index = name.equals("MSH") ? field - 2 : field - 1;
            while (values.size() <= index) {
                values.add("");
            }
            values.set(index, value);
            return this;
        }

        String line() {
            return withoutTrailing(name + "|" + String.join("|", values), '|');
        }
    }
}
