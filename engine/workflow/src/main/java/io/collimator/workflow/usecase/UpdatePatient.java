package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderRefusedException.Location;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.OtherPatientIds;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.patient.PatientPolicy;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.AcceptedAdt.Effect;
import io.collimator.workflow.usecase.PatientEntries.Changed;
import io.collimator.workflow.usecase.PatientEntries.Told;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies an ADT message about one patient: what has not ended shows it at once, performed steps stay as reported.
 * Thread-safe.
 */
public final class UpdatePatient {

    private final AcceptOrder.Context context;
    private final PatientPolicy policy;

    public UpdatePatient(AcceptOrder.Context context, PatientPolicy policy) {
        this.context = context;
        this.policy = policy;
    }

    /**
     * Applies the message. A patient who is not known is recorded.
     *
     * @throws OrderRefusedException when its content is wrong; nothing is stored then
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public AcceptedAdt update(PatientMessage message) {
        PatientId id = message.patient();
        if (id == null) {
            throw new OrderRefusedException(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    new Location("PID", 1, 3),
                    "PID-3 brings no patient ID, so nobody knows whom the message is about; send it.");
        }
        return AdtMessages.accept(
                context,
                message.reception(),
                session -> Optional.ofNullable(
                                session.patients().lock(List.of(id)).get(id))
                        .or(() -> PatientAuthorities.settle(
                                session,
                                id,
                                new PatientAuthorities.Said(
                                        message.attributes(),
                                        message.reception().key().sender()))),
                (session, known) -> apply(session, message, id, known));
    }

    /**
     * Keeps a message that changes no patient.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public AcceptedAdt keep(Reception reception) {
        return AdtMessages.accept(
                context, reception, session -> Optional.empty(), (session, none) -> Effect.NOTHING_NEW);
    }

    private Effect apply(Session session, PatientMessage message, PatientId id, Optional<PatientRecord> known) {
        Reception reception = message.reception();
        if (known.isEmpty()) {
            if (PatientAuthorities.isInDoubt(session, id)) {
                raiseInDoubt(session, reception);
            }
            session.patients().add(PatientRecord.unknown(id));
        }
        PatientRecord before = known.orElseGet(() -> PatientRecord.unknown(id));
        if (AdtMessages.isOutdated(session, reception, before.id())) {
            return Effect.OUTDATED;
        }
        List<PatientId> aliases = session.patients().aliasesOf(before.id());
        DataSet attributes =
                withOtherIds(before.id().issuing(message.attributes()), message.identifiers(), before.id(), aliases);
        DataSet recorded = known.isEmpty()
                ? PatientChange.ofUnknown(message.event(), attributes).carried()
                : PatientChange.of(message.event(), attributes).applyTo(before.attributes());
        PatientRecord after = before.updatedBy(updateBy(reception), recorded);
        session.patients().update(after);
        AdtMessages.applied(session, reception, after.id());
        Told told = new Told(
                after,
                PatientChange.of(message.event(), attributes),
                new TreeSet<>(List.of(after.id())),
                arrivalOf(message));
        List<Changed> changed = PatientEntries.refresh(session, List.of(told));
        if (clears(message.attributes(), Tags.PatientName)) {
            noteNameKept(session, message, told);
        }
        boolean nothingNew = known.isPresent() && recorded.equals(before.attributes()) && changed.isEmpty();
        if (!nothingNew) {
            changed.forEach(accession -> note(session, message, accession));
            context.notices().patientUpdated(session, new Notice.PatientUpdated(after.id(), numbers(changed)));
        }
        return nothingNew ? Effect.NOTHING_NEW : Effect.CHANGED;
    }

    private static boolean clears(DataSet attributes, Tag tag) {
        return attributes.contains(tag) && !attributes.hasValue(tag);
    }

    /** Every entry has a name, so it can be changed and not cleared. */
    private void noteNameKept(Session session, PatientMessage message, Told told) {
        for (AccessionNumber number : PatientEntries.openAccessions(session, told)) {
            context.notices()
                    .timeline(
                            session,
                            number,
                            "patient.name-kept",
                            "%s %s of %s was to clear the patient's name (PID-5); every entry needs one, so it stays: send the right name"
                                    .formatted(
                                            message.event().trigger(),
                                            message.reception().key().controlId(),
                                            message.reception().key().sender()));
        }
    }

    private void raiseInDoubt(Session session, Reception reception) {
        context.raise(
                session,
                ExceptionType.PATIENT_AUTHORITY,
                null,
                new AcceptOrder.Told(reception.key().sender(), PatientAuthorities.IN_DOUBT));
    }

    /** The numbers that the patient has beside the one it is known by; an update does not take away former ones. */
    static DataSet withOtherIds(
            DataSet attributes, Collection<PatientId> identifiers, PatientId own, Collection<PatientId> aliases) {
        List<PatientId> others =
                identifiers.stream().filter(id -> !id.equals(own)).toList();
        DataSet carried = OtherPatientIds.without(
                attributes.contains(Tags.OtherPatientIDsSequence)
                        ? attributes
                        : OtherPatientIds.add(attributes, others),
                own);
        return carried.contains(Tags.OtherPatientIDsSequence) ? OtherPatientIds.add(carried, aliases) : carried;
    }

    static PatientRecord.Update updateBy(Reception reception) {
        return new PatientRecord.Update(
                reception.key().sender(), reception.key().controlId(), reception.messageTime());
    }

    static List<AccessionNumber> numbers(List<Changed> changed) {
        return changed.stream().map(Changed::number).toList();
    }

    private @Nullable LocalDate arrivalOf(PatientMessage message) {
        if (!policy.arrivals() || !message.event().isArrival()) {
            return null;
        }
        Instant messageAt = message.reception().messageTime();
        return (messageAt == null ? message.reception().receivedAt() : messageAt)
                .atZone(policy.zone())
                .toLocalDate();
    }

    private void note(Session session, PatientMessage message, Changed changed) {
        context.notices()
                .timeline(
                        session,
                        changed.number(),
                        EventType.PATIENT_UPDATED.label(),
                        "%s %s of %s changed the patient: %s"
                                .formatted(
                                        message.event().trigger(),
                                        message.reception().key().controlId(),
                                        message.reception().key().sender(),
                                        changed.attributes().isEmpty()
                                                ? "what the accession shows"
                                                : String.join(", ", changed.attributes())));
        AdtMessages.noteWarnings(context.notices(), session, message.reception(), changed.number());
    }
}
