package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the steps of an order the time and place of their appointment (HL7 v2.5.1 chapter 10, SIU; IHE RAD-48).
 * Thread-safe.
 */
public final class AcceptAppointment {

    private final AcceptOrder.Context with;
    private final AccessionProgress progress;
    private final AppointmentRules rules = new AppointmentRules();

    public AcceptAppointment(AcceptOrder.Context context) {
        this.with = context;
        this.progress = new AccessionProgress(context.notices());
    }

    /** What an appointment message did to an accession. */
    public enum Verdict {
        APPLIED,
        /** It says what is known already, or comes too late for every step. */
        UNCHANGED,
        /** It is older than what the same sender said last of the appointment. */
        STALE
    }

    /**
     * An appointment message that may be answered AA.
     *
     * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was changed
     * @param accessions of the order, and what the message did to each
     */
    public record Accepted(
            CommitReceipt receipt, Repetition repetition, SortedMap<AccessionNumber, Verdict> accessions) {}

    private record Answer(Repetition repetition, SortedMap<AccessionNumber, Verdict> accessions) {}

    /**
     * Applies the message.
     *
     * @throws OrderRefusedException when its content is wrong or its order is not known; nothing is stored then
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Accepted accept(AppointmentMessage message) {
        for (BookedOrder order : message.orders()) {
            OrderKeys keys = order.keys();
            if (keys.placer() == null && keys.filler() == null && keys.accession() == null) {
                throw refusal(
                        OrderRefusedException.REQUIRED_FIELD_MISSING,
                        OrderField.APPOINTMENT_FILLER,
                        "SCH-26 and SCH-27 are empty, so the appointment belongs to no order; send one of them.");
            }
        }
        try {
            Transactions.Committed<Answer> committed = with.transactions().write(session -> apply(session, message));
            Answer answer = committed.value();
            return new Accepted(committed.receipt(), answer.repetition(), answer.accessions());
        } catch (DicomDataException e) {
            throw AcceptOrder.unstorable(e);
        }
    }

    private Answer apply(Session session, AppointmentMessage message) {
        List<NavigableSet<AccessionNumber>> numbers = message.orders().stream()
                .map(order -> meant(session, order.keys()))
                .toList();
        NavigableMap<AccessionNumber, AccessionDraft> drafts = lock(session, numbers);
        Reception reception = message.reception();
        Repetition repetition = session.receivedMessages().judge(reception.key(), with.rememberedSince(reception));
        SortedMap<AccessionNumber, Verdict> verdicts = new TreeMap<>();
        if (repetition == Repetition.SAME_MESSAGE) {
            drafts.keySet().forEach(number -> verdicts.put(number, Verdict.UNCHANGED));
            return new Answer(repetition, verdicts);
        }
        LastWord word = LastWord.of(reception, null);
        List<Set<Integer>> unfit = new ArrayList<>();
        @Nullable AccessionDraft told = null;
        for (int i = 0; i < numbers.size(); i++) {
            BookedOrder order = message.orders().get(i);
            List<AccessionDraft> meant = numbers.get(i).stream()
                    .map(drafts::get)
                    .filter(Objects::nonNull)
                    .toList();
            if (meant.isEmpty()) {
                throw unknown(order.keys());
            }
            meant.forEach(draft -> checkPatient(session, draft, message));
            List<AccessionDraft> current = current(meant, word);
            if (!current.isEmpty()) {
                unfit.add(rules.apply(session, current, order, message));
                told = current.get(0);
            }
        }
        flagUnfit(unfit, told);
        for (AccessionDraft draft : drafts.values()) {
            verdicts.put(draft.number(), settle(draft, message, word));
            save(session, draft, reception.key().sender());
        }
        session.receivedMessages().add(reception.accepted());
        return new Answer(repetition, verdicts);
    }

    /** What fits none of the orders. */
    private static void flagUnfit(List<Set<Integer>> unfit, @Nullable AccessionDraft told) {
        Set<Integer> ofNone = new TreeSet<>();
        unfit.forEach(ofNone::addAll);
        unfit.forEach(ofNone::retainAll);
        if (told != null) {
            ofNone.forEach(service -> told.hasNoEffect(
                    "Service %d of the appointment (AIS) is none that accession %s has, so its time and place went to no step; send the code of the ordered procedure (OBR-4) in AIS-3."
                            .formatted(service + 1, told.number())));
        }
    }

    private static List<AccessionDraft> current(List<AccessionDraft> drafts, LastWord word) {
        return drafts.stream().filter(draft -> !draft.isOutdated(word)).toList();
    }

    private static Verdict settle(AccessionDraft draft, AppointmentMessage message, LastWord word) {
        if (draft.isOutdated(word)) {
            draft.note(new AccessionDraft.Note(
                    "appointment.stale",
                    "Appointment message ignored: it is older than what %s said before".formatted(word.sender())));
            return Verdict.STALE;
        }
        if (!message.reception().warnings().isEmpty()) {
            draft.note(AccessionDraft.Note.ofWarnings(
                    "appointment.warning", message.reception().warnings()));
        }
        draft.hear(word);
        return draft.changes() == 0 ? Verdict.UNCHANGED : Verdict.APPLIED;
    }

    /** The accessions of all orders that are meant, locked ascending; only those that are ordered. */
    private static NavigableMap<AccessionNumber, AccessionDraft> lock(
            Session session, List<NavigableSet<AccessionNumber>> ofOrders) {
        NavigableSet<AccessionNumber> numbers = new TreeSet<>();
        ofOrders.forEach(numbers::addAll);
        NavigableMap<AccessionNumber, AccessionDraft> drafts = new TreeMap<>();
        for (AccessionNumber number : numbers) {
            session.accessions()
                    .lock(number)
                    .filter(Accession::isOrdered)
                    .ifPresent(accession -> drafts.put(
                            number,
                            new AccessionDraft(
                                    accession,
                                    session.scheduledSteps().ofAccession(number),
                                    new AccessionDraft.History(
                                            session.accessions().lastWord(number, Subject.APPOINTMENT),
                                            session.accessions().parent(number),
                                            session.accessions().sent(number)))));
        }
        return drafts;
    }

    private static NavigableSet<AccessionNumber> meant(Session session, OrderKeys keys) {
        AccessionNumber named = keys.accession();
        return candidates(session, keys).stream()
                .map(Accession::number)
                .filter(number -> named == null || named.mayBe(number))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By filler number, else by placer number, else by accession number. */
    private static List<Accession> candidates(Session session, OrderKeys order) {
        OrderNumber filler = order.filler();
        List<Accession> found =
                filler == null ? List.of() : session.accessions().ofFiller(filler);
        OrderNumber placer = order.placer();
        if (found.isEmpty() && placer != null) {
            found = session.accessions().ofPlacer(placer).stream()
                    .filter(accession -> filler == null || accession.filler() == null)
                    .toList();
        }
        AccessionNumber number = order.accession();
        return found.isEmpty() && number != null && filler == null && placer == null
                ? session.accessions().ofNumber(number.value())
                : found;
    }

    private static void checkPatient(Session session, AccessionDraft draft, AppointmentMessage message) {
        PatientId patient = message.patient();
        Accession accession = draft.ordered().orElseThrow();
        PatientId expected = accession.patient().id();
        if (patient != null
                && !patient.equals(expected)
                && !session.patients().resolve(patient).equals(expected)) {
            throw refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    OrderField.PATIENT_ID,
                    PatientAuthorities.otherPatient("Accession %s".formatted(accession.number()), patient, expected));
        }
    }

    private static OrderRefusedException unknown(OrderKeys keys) {
        boolean byFiller = keys.filler() != null;
        String number = byFiller
                ? "filler order number " + keys.filler()
                : keys.placer() != null
                        ? "placer order number " + keys.placer()
                        : "accession number " + keys.accession();
        return refusal(
                OrderRefusedException.UNKNOWN_KEY,
                byFiller ? OrderField.APPOINTMENT_FILLER : OrderField.APPOINTMENT_PLACER,
                "No order is known by %s; send the order first, or check the number.".formatted(number));
    }

    private static OrderRefusedException refusal(int code, OrderField field, String text) {
        return new OrderRefusedException(code, OrderRefusedException.Location.of(field, OrderForm.OBR, 1, 1), text, 1);
    }

    private void save(Session session, AccessionDraft draft, String sender) {
        draft.heard().ifPresent(word -> session.accessions().heard(draft.number(), Subject.APPOINTMENT, word));
        draft.notes().forEach(note -> with.notices().timeline(session, draft.number(), note.kind(), note.summary()));
        draft.withoutEffect()
                .forEach(text -> with.raise(
                        session, ExceptionType.NO_EFFECT, draft.number(), new AcceptOrder.Told(sender, text)));
        if (draft.isChanged()) {
            draft.changedSteps().forEach(step -> session.scheduledSteps().save(step));
            progress.refresh(session, draft.before(), draft.current().orElseThrow(), draft.event());
            draft.stepsWithoutStation()
                    .forEach(stepId -> with.raise(
                            session,
                            ExceptionType.NO_STATION,
                            draft.number(),
                            new AcceptOrder.Told(
                                    sender,
                                    "Step %s of accession %s lost its station with its appointment; only queries that name no station find it. Send one, or assign it by hand."
                                            .formatted(stepId, draft.number()))));
        }
    }
}
