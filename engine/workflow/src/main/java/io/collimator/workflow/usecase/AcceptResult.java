package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderRefusedException.Location;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions.Committed;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a result and passes it on as it came, unless it goes backwards or its patient is not the accession's. Changes no
 * state of an accession. Thread-safe.
 */
public final class AcceptResult {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptResult.class);
    private static final Duration DUPLICATE_WINDOW = Duration.ofDays(7);
    private static final String ER7 = "x-application/hl7-v2+er7";

    private final AcceptOrder.Context context;

    public AcceptResult(AcceptOrder.Context context) {
        this.context = context;
    }

    /**
     * A result message that may be answered AA.
     *
     * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was done
     * @param forwarded whether it is on its way to {@code collimator.results}; when not, an exception says why, or it is a
     *     repetition
     */
    public record Accepted(CommitReceipt receipt, Repetition repetition, boolean forwarded) {}

    private record Judged(Repetition repetition, boolean forwarded) {}

    /** An OBR with the accession that it belongs to. */
    private record Linked(ReportedResult result, Optional<Accession> accession, boolean mismatch) {

        Optional<AccessionNumber> number() {
            return accession.filter(found -> !mismatch).map(Accession::number);
        }
    }

    /**
     * Accepts the message.
     *
     * @throws OrderRefusedException when it has no OBR; nothing is stored then
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Accepted accept(ResultMessage message) {
        if (message.results().isEmpty()) {
            throw new OrderRefusedException(
                    OrderRefusedException.SEGMENT_SEQUENCE_ERROR,
                    new Location("OBR", 1, 1),
                    "The message has no OBR, so it reports nothing; send one for each result.");
        }
        Committed<Judged> committed = context.transactions().write(session -> apply(session, message));
        Judged judged = committed.value();
        if (judged.repetition() == Repetition.SAME_CONTROL_ID) {
            LOG.warn(
                    "Sender {} used control ID {} again for another message; both were applied",
                    message.reception().key().sender(),
                    message.reception().key().controlId());
        }
        return new Accepted(committed.receipt(), judged.repetition(), judged.forwarded());
    }

    private Judged apply(Session session, ResultMessage message) {
        List<Linked> results = link(session, message);
        SortedSet<ResultLine> lines = new TreeSet<>();
        results.forEach(linked -> lines.addAll(linesOf(linked)));
        SortedMap<ResultLine, ResultStatus> advanced = session.results().lock(lines);
        // judged under the locks: the same message on another connection has committed by now, or comes after us
        Repetition repetition = session.receivedMessages()
                .judge(
                        message.reception().key(),
                        message.reception().receivedAt().minus(DUPLICATE_WINDOW));
        if (repetition == Repetition.SAME_MESSAGE) {
            return new Judged(repetition, false);
        }
        session.receivedMessages().add(message.reception().accepted());
        List<Linked> late =
                results.stream().filter(linked -> isLate(linked, advanced)).toList();
        List<Linked> mismatched = results.stream().filter(Linked::mismatch).toList();
        late.forEach(linked -> raiseLate(session, message, linked));
        mismatched.forEach(linked -> raiseMismatch(session, message, linked));
        boolean forwarded = late.isEmpty() && mismatched.isEmpty();
        for (Linked linked : results) {
            keep(session, message, linked, forwarded);
            if (forwarded) {
                session.results().advance(linesOf(linked), linked.result().status());
            }
        }
        if (forwarded) {
            context.notices().result(session, statusOf(results), accessionsOf(results), message.text());
        }
        return new Judged(repetition, forwarded);
    }

    private static List<Linked> link(Session session, ResultMessage message) {
        List<Optional<AccessionNumber>> numbers = new ArrayList<>();
        message.results().forEach(result -> numbers.add(accessionOf(session, result)));
        Map<AccessionNumber, Optional<Accession>> locked = new HashMap<>();
        numbers.stream()
                .flatMap(Optional::stream)
                .sorted()
                .distinct()
                .forEach(number -> locked.put(number, session.accessions().lock(number)));
        List<Linked> linked = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            Optional<Accession> accession = numbers.get(i).flatMap(locked::get);
            boolean mismatch = accession
                    .filter(found -> !isOf(session, message.patient(), found))
                    .isPresent();
            linked.add(new Linked(message.results().get(i), accession, mismatch));
        }
        return linked;
    }

    /** By OBR-18, else the filler number, else the placer number, when only one accession has it. */
    private static Optional<AccessionNumber> accessionOf(Session session, ReportedResult result) {
        OrderNumber filler = result.filler();
        OrderNumber placer = result.placer();
        return Optional.ofNullable(result.accession())
                .flatMap(number -> accessionOf(session, number, result))
                .or(() -> filler == null
                        ? Optional.empty()
                        : only(session.accessions().ofFiller(filler)))
                .or(() -> placer == null
                        ? Optional.empty()
                        : only(session.accessions().ofPlacer(placer)))
                .map(Accession::number);
    }

    /** OBR-18 does not say who gave the number: of several accessions it is that of the result's order. */
    private static Optional<Accession> accessionOf(Session session, AccessionNumber number, ReportedResult result) {
        List<Accession> found = session.accessions().ofNumber(number.value()).stream()
                .filter(accession -> accession.number().mayBe(number))
                .toList();
        return found.size() < 2
                ? found.stream().findFirst()
                : only(found.stream()
                        .filter(accession -> (result.filler() != null
                                        && result.filler().equals(accession.filler()))
                                || (result.placer() != null && result.placer().equals(accession.placer())))
                        .toList());
    }

    private static Optional<Accession> only(List<Accession> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** A message without a patient contradicts nobody. */
    private static boolean isOf(Session session, @Nullable PatientId patient, Accession accession) {
        PatientId expected = accession.patient().id();
        return patient == null
                || patient.equals(expected)
                || session.patients().resolve(patient).equals(expected);
    }

    /** Every name that the order goes by: a later message may use another one of them. */
    private static SortedSet<ResultLine> linesOf(Linked linked) {
        SortedSet<ResultLine> lines = new TreeSet<>();
        if (linked.mismatch()) {
            return lines;
        }
        ReportedResult result = linked.result();
        linked.number().ifPresent(number -> lines.add(new ResultLine("accession " + number.key(), result.procedure())));
        if (result.filler() != null) {
            lines.add(lineOf("filler ", result.filler(), result.procedure()));
        }
        if (result.placer() != null) {
            lines.add(lineOf("placer ", result.placer(), result.procedure()));
        }
        return lines;
    }

    /** However the authority is written. Under a namespace alone the text is what earlier versions stored. */
    private static ResultLine lineOf(String kind, OrderNumber order, String procedure) {
        return new ResultLine(kind + new OrderNumber(order.number(), order.issuerKey()), procedure);
    }

    private static boolean isLate(Linked linked, SortedMap<ResultLine, ResultStatus> advanced) {
        return linesOf(linked).stream()
                .anyMatch(line -> advanced.containsKey(line)
                        && advanced.get(line).rank() > linked.result().status().rank());
    }

    private void keep(Session session, ResultMessage message, Linked linked, boolean forwarded) {
        session.results()
                .add(new StoredResult(
                        message.reception().key().sender(),
                        message.reception().key().controlId(),
                        message.reception().receivedAt(),
                        linked.result(),
                        linked.number().orElse(null),
                        message.patient() == null ? null : session.patients().resolve(message.patient()),
                        forwarded));
        linked.number()
                .ifPresent(number -> context.notices()
                        .timeline(
                                session,
                                number,
                                "result.received",
                                "Result %s, message %s of %s%s"
                                        .formatted(
                                                linked.result().status().label(),
                                                message.reception().key().controlId(),
                                                message.reception().key().sender(),
                                                forwarded ? "" : ", kept and not passed on")));
    }

    private void raiseLate(Session session, ResultMessage message, Linked linked) {
        raise(
                session,
                message,
                linked,
                new Finding(
                        ExceptionType.RESULT_OUT_OF_ORDER,
                        "reports a result as %s (OBR-25) after a later status of the same procedure was passed on; it is kept and was not passed on. If it is meant to replace that, send it as C."
                                .formatted(linked.result().status().label())));
    }

    private void raiseMismatch(Session session, ResultMessage message, Linked linked) {
        raise(
                session,
                message,
                linked,
                new Finding(
                        ExceptionType.PATIENT_MISMATCH,
                        "reports a result of accession %s for another patient (PID-3) than the accession's; it is kept and was not passed on. Find out whose result it is and send it with the right numbers."
                                .formatted(linked.accession()
                                        .map(Accession::number)
                                        .orElseThrow())));
    }

    /** What is wrong with a message. */
    private record Finding(ExceptionType type, String what) {}

    private void raise(Session session, ResultMessage message, Linked linked, Finding finding) {
        context.notices()
                .exception(
                        session,
                        new ExceptionRecord(
                                context.identifiers().newId(),
                                context.clock().instant(),
                                finding.type(),
                                linked.accession().map(Accession::number).orElse(null),
                                message.reception().key().sender(),
                                "Message %s %s"
                                        .formatted(message.reception().key().controlId(), finding.what()),
                                new Evidence(ER7, message.reception().content())));
    }

    /** Of several results the least advanced one names the message: nobody takes it for more than it is. */
    private static ResultStatus statusOf(List<Linked> results) {
        return results.stream()
                .map(linked -> linked.result().status())
                .min(Comparator.comparingInt(ResultStatus::rank).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static List<AccessionNumber> accessionsOf(List<Linked> results) {
        return results.stream()
                .flatMap(linked -> linked.number().stream())
                .distinct()
                .toList();
    }
}
