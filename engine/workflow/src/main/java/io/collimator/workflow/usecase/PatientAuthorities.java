package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.PersonName;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.Patients.Known;
import io.collimator.workflow.port.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Numbers that do not say who gave them. A number of one authority is never taken for the same number of another, or of
 * nobody; only what was stored before authorities were told apart may be given the one that its own sender names now.
 */
final class PatientAuthorities {

    /** What a person is told when {@link #isInDoubt} holds of a new number. */
    static final String IN_DOUBT =
            "A patient was recorded whose ID another patient has too, and one of them has no assigning authority that could be compared, so they stand as two. If they are one, set patient-authority for the sender (mapping/senders.yaml) or add a row to mapping/tables/authorities.csv.";

    private PatientAuthorities() {}

    /**
     * What a message says of a patient.
     *
     * @param attributes patient module
     * @param sender MSH-3 and MSH-4
     */
    record Said(DataSet attributes, String sender) {}

    /**
     * The record that the number means although it is stored under another form; its number is the stated one from now on.
     * Empty when none is stored that could be meant.
     *
     * @throws OrderRefusedException 205 when one could be meant and nothing proves that it is: a second entry for one
     *     person is never made in silence
     */
    static Optional<PatientRecord> settle(Session session, PatientId stated, Said said) {
        if (stated.issuer() == null) {
            return Optional.empty();
        }
        List<Known> known = session.patients().ofId(stated.id()).stream()
                .filter(number -> !isReportedOnly(number.record()))
                .toList();
        List<Known> possible = known.stream()
                .filter(Known::isOld)
                .filter(number -> mayBe(number.number(), said.attributes()))
                .toList();
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        Known only = possible.get(0);
        if (known.size() > 1 || !isOfLastSender(session, only, said.sender()) || !isSamePerson(only.record(), said)) {
            throw refusal(stated);
        }
        session.patients().rename(only.number(), stated);
        return Optional.of(
                only.number().equals(only.record().id()) ? only.record().withId(stated) : only.record());
    }

    /** Whether other patients have the same ID, and nobody can say whether one of them is the same person. */
    static boolean isInDoubt(Session session, PatientId id) {
        return session.patients().ofId(id.id()).stream()
                .filter(known -> !isReportedOnly(known.record()))
                .anyMatch(known -> known.number().isInDoubtWith(id));
    }

    /** Every patient who has this ID, whoever gave it, and is known from an order or an ADT message. */
    static Set<PatientId> patientsWith(Session session, String id) {
        Set<PatientId> patients = new TreeSet<>();
        session.patients().ofId(id).stream()
                .map(Known::record)
                .filter(record -> !isReportedOnly(record))
                .forEach(record -> patients.add(record.id()));
        session.accessions().ofPatientId(id).stream()
                .filter(Accession::isOrdered)
                .forEach(accession -> patients.add(
                        session.patients().resolve(accession.patient().id())));
        return patients;
    }

    /** Known from what a modality reported without saying who gave the ID: no order and no ADT message has spoken of it. */
    static boolean isReportedOnly(PatientRecord record) {
        return record.id().issuer() == null
                && !record.isAdministered()
                && record.attributes().isEmpty();
    }

    /** Why a message is not about the patient of what it names. */
    static String otherPatient(String what, PatientId stated, PatientId stored) {
        if (stated.isInDoubtWith(stored)) {
            return "%s belongs to a patient with this number of authority %s, and PID-3 names %s; nothing says that both are one. Send the same assigning authority in PID-3.4, set patient-authority for the sender (mapping/senders.yaml), or add a row to mapping/tables/authorities.csv."
                    .formatted(what, nameOf(stored), nameOf(stated));
        }
        return "%s belongs to another patient than PID-3 says; nothing was applied. Correct PID-3 or the number, or merge the patients first."
                .formatted(what);
    }

    /** Who gave a number, for people. */
    static String nameOf(PatientId id) {
        return id.authority().map(AssigningAuthority::toString).orElse("(none)");
    }

    private static boolean mayBe(PatientId stored, DataSet said) {
        return stored.issuer() == null || stored.issuer().equals(said.text(Tags.IssuerOfPatientID));
    }

    /** Who last spoke of the patient: in an ADT message, else in an order. */
    private static boolean isOfLastSender(Session session, Known known, String sender) {
        PatientRecord.Update update = known.record().lastUpdate();
        if (update != null) {
            return update.sender().equals(sender);
        }
        return session.accessions().ofPatientId(known.number().id()).stream()
                .filter(accession -> accession.patient().id().equals(known.number()))
                .map(Accession::number)
                .flatMap(number -> session.accessions().lastWord(number, Subject.ORDER).stream())
                .max(Comparator.comparing(PatientAuthorities::timeOf))
                .filter(word -> word.sender().equals(sender))
                .isPresent();
    }

    private static Instant timeOf(LastWord word) {
        Instant time = word.messageTime();
        return time == null ? Instant.MIN : time;
    }

    private static boolean isSamePerson(PatientRecord record, Said said) {
        DataSet stored = record.attributes();
        String family = familyOf(stored);
        String born = stored.text(Tags.PatientBirthDate);
        return !family.isEmpty()
                && !born.isEmpty()
                && family.equals(familyOf(said.attributes()))
                && born.equals(said.attributes().text(Tags.PatientBirthDate));
    }

    private static String familyOf(DataSet patient) {
        return PersonName.parse(patient.text(Tags.PatientName))
                .alphabetic()
                .family()
                .strip()
                .toUpperCase(Locale.ROOT);
    }

    private static OrderRefusedException refusal(PatientId stated) {
        return new OrderRefusedException(
                OrderRefusedException.DUPLICATE_KEY,
                OrderRefusedException.Location.of(OrderField.PATIENT_ID, OrderForm.OBR, 1, 1),
                "The number of PID-3 was stored without an assigning authority, and nothing proves that it is the one of authority %s: its last sender, family name and birth date must agree, and no other patient may have the number. If it is the same patient, say so (bin/collimator patient-authority) and send the message again."
                        .formatted(nameOf(stated)),
                1);
    }
}
