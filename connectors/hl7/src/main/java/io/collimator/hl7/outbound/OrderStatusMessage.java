package io.collimator.hl7.outbound;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

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
 * @param repeated fields of the order by name, as {@link RepeatedFields} writes them; they go before what the others say of
 *     the same patient and order
 */
public record OrderStatusMessage(
        Header header,
        Patient patient,
        OrderNumber placer,
        OrderNumber filler,
        String status,
        OffsetDateTime changedAt,
        Procedure procedure,
        Map<String, String> repeated) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

    /** PV1-2, which is required, of a visit that does not say it (HL7 v2.5.1 table 0004). */
    private static final String CLASS_UNKNOWN = "U";

    private static final int PROCEDURE = 4;
    /** Requested procedure ID, accession number, filler and placer order number. */
    private static final int[] NAMING = {19, 18, 3, 2};

    private static final int[] VISIT = {2, 3, 7, 8, 10, 18, 19};
    private static final Pattern DELIMITERS = Pattern.compile("[\\^&~ ]+");

    public OrderStatusMessage {
        repeated = Map.copyOf(repeated);
    }

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
     * @param stepId OBR-20: the first scheduled procedure step
     * @param modality OBR-24
     * @param studyInstanceUid ZDS-1.1
     */
    public record Procedure(
            String accessionNumber,
            String requestedProcedureId,
            String code,
            String description,
            String codingScheme,
            String stepId,
            String modality,
            String studyInstanceUid) {}

    /**
     * A message of the queue with OBR-4, which is required and which earlier versions of the engine left empty: the number
     * of the requested procedure names it, else the accession number, else that of the order.
     *
     * @param queued ER7, segments ended by CR; in other delimiters than ours it stays as it is
     */
    public static String withProcedure(String queued) {
        int start = queued.indexOf("\rOBR|") + 1;
        if (start == 0 || !queued.startsWith("MSH|^~\\&|")) {
            return queued;
        }
        int end = queued.indexOf('\r', start) < 0 ? queued.length() : queued.indexOf('\r', start);
        String[] sent = queued.substring(start, end).split("\\|", -1);
        String[] fields = Arrays.copyOf(sent, Math.max(sent.length, PROCEDURE + 1));
        Arrays.fill(fields, sent.length, fields.length, "");
        if (says(fields[PROCEDURE])) {
            return queued;
        }
        fields[PROCEDURE] = Arrays.stream(NAMING)
                .filter(field -> field < fields.length && says(fields[field]))
                .mapToObj(field -> fields[field].split("[~^]", -1)[0])
                .findFirst()
                .orElse("");
        return queued.substring(0, start) + String.join("|", fields) + queued.substring(end);
    }

    /** The message in ER7, segments ended by CR, MSH-18 {@code UNICODE UTF-8}. */
    public String toEr7() {
        StringBuilder message = new StringBuilder();
        message.append(msh()).append('\r');
        message.append(pid()).append('\r');
        if (hasVisit()) {
            message.append(pv1()).append('\r');
        }
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
        boolean isOfPatient = isOf(field("PID-3"), patient.id());
        return new Fields("PID")
                .put(2, isOfPatient ? field("PID-2") : "")
                .put(3, isOfPatient ? field("PID-3") : patientId())
                .put(4, isOfPatient ? field("PID-4") : "")
                .put(5, isOfPatient && says(field("PID-5")) ? field("PID-5") : extendedPersonName(patient.name()))
                .put(7, escape(patient.birthDate()))
                .put(8, escape(patient.sex()))
                .put(18, isOfPatient ? field("PID-18") : "")
                .line();
    }

    private boolean hasVisit() {
        return Arrays.stream(VISIT).anyMatch(field -> says(field("PV1-" + field)));
    }

    private String pv1() {
        Fields visit = new Fields("PV1");
        for (int field : VISIT) {
            visit.put(field, field("PV1-" + field));
        }
        return says(field("PV1-2")) ? visit.line() : visit.put(2, CLASS_UNKNOWN).line();
    }

    private String field(String name) {
        return repeated.getOrDefault(name, "");
    }

    private static boolean says(String text) {
        return !DELIMITERS.matcher(text).replaceAll("").isEmpty();
    }

    /** Whether one of a field's repetitions is this number: after a merge, for instance, none is. */
    private static boolean isOf(String text, String number) {
        return Arrays.stream(text.split("~", -1))
                .anyMatch(repetition -> repetition.split("\\^", -1)[0].equals(escape(number)));
    }

    private String patientId() {
        Issuer issuer = patient.issuer();
        String authority = Er7Text.withoutTrailing(
                String.join(
                        "&",
                        escape(issuer.namespace()),
                        escape(issuer.universalId()),
                        escape(issuer.universalIdType())),
                '&');
        return authority.isEmpty() ? escape(patient.id()) : escape(patient.id()) + "^^^" + authority;
    }

    private String identifier(String name, OrderNumber order) {
        if (isOf(field(name), order.number())) {
            return field(name);
        }
        Issuer issuer = order.issuer();
        return components(order.number(), issuer.namespace(), issuer.universalId(), issuer.universalIdType());
    }

    private String orc() {
        return new Fields("ORC")
                .put(1, "SC")
                .put(2, identifier("ORC-2", placer))
                .put(3, identifier("ORC-3", filler))
                .put(5, escape(status))
                .put(9, TIMESTAMP.format(changedAt))
                .line();
    }

    private String obr() {
        return new Fields("OBR")
                .put(1, "1")
                .put(2, identifier("ORC-2", placer))
                .put(3, identifier("ORC-3", filler))
                .put(
                        4,
                        says(field("OBR-4"))
                                ? field("OBR-4")
                                : components(procedure.code(), procedure.description(), procedure.codingScheme()))
                .put(18, escape(procedure.accessionNumber()))
                .put(19, escape(procedure.requestedProcedureId()))
                .put(20, escape(procedure.stepId()))
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
        return Er7Text.withoutTrailing(String.join("^", escaped), '^');
    }

    private static String escape(String value) {
        return Er7Text.escaped(value);
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
            return Er7Text.withoutTrailing(name + "|" + String.join("|", values), '|');
        }
    }
}
