package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderRefusedException.Location;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions.Committed;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultProgress;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps results and passes them on as they came: one message for each accession, without those that go backwards or whose
 * patient is not the accession's. Changes no state of an accession. Thread-safe.
 */
public final class AcceptResult {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptResult.class);

    /** A clock that runs ahead by more is not believed: one result of it would hold back all later ones. */
    private static final Duration BELIEVED_AHEAD = Duration.ofDays(1);

    private final AcceptOrder.Context context;

    public AcceptResult(AcceptOrder.Context context) {
        this.context = context;
    }

    /**
     * A result message that may be answered AA.
     *
     * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was done
     * @param forwarded whether something of it is on its way to {@code collimator.results}; of what is not an exception says
     *     why, unless it is a repetition
     */
    public record Accepted(CommitReceipt receipt, Repetition repetition, boolean forwarded) {}

    private record Judged(Repetition repetition, boolean forwarded) {}

    /**
     * An OBR with the accession that it belongs to.
     *
     * @param place among those of the message, from 0
     */
    private record Linked(int place, ReportedResult result, Optional<Accession> accession, boolean mismatch) {

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
        Map<ResultLine, ResultProgress> before = session.results().lock(lines);
        // judged under the locks: the same message on another connection has committed by now, or comes after us
        Repetition repetition = session.receivedMessages()
                .judge(message.reception().key(), context.rememberedSince(message.reception()));
        if (repetition == Repetition.SAME_MESSAGE) {
            return new Judged(repetition, false);
        }
        session.receivedMessages().add(message.reception().accepted());
        List<Linked> forwarded = new ArrayList<>();
        for (Linked linked : results) {
            boolean goesOn = judge(session, message, linked, before);
            keep(session, message, linked, goesOn);
            if (goesOn) {
                forwarded.add(linked);
            }
        }
        session.results()
                .advance(advanced(message, forwarded, before), context.clock().instant());
        forward(session, message, forwarded);
        return new Judged(repetition, !forwarded.isEmpty());
    }

    /** Whether it may go on; where it may not, or a person should look at it, an exception says so. */
    private boolean judge(
            Session session, ResultMessage message, Linked linked, Map<ResultLine, ResultProgress> before) {
        if (linked.mismatch()) {
            raiseMismatch(session, message, linked);
            return false;
        }
        ResultProgress progress = progressOf(message, linked);
        Optional<ResultLine> own = ownLineOf(linked);
        // two orders of an accession may be reported under one code: by age alone a result is held back by its own
        // order's only
        SortedSet<ResultLine> lines = linesOf(linked);
        Optional<ResultProgress> refusing = before.entrySet().stream()
                .filter(known -> lines.contains(known.getKey()))
                .filter(known -> known.getKey().equals(own.orElse(null))
                        || known.getValue().status() != progress.status())
                .map(Map.Entry::getValue)
                .filter(known -> known.refuses(progress))
                .findFirst();
        refusing.ifPresent(one -> raiseLate(session, message, linked, one));
        if (own.map(before::get).filter(progress::isLateCorrectionOf).isPresent()) {
            raiseLateCorrection(session, message, linked);
        }
        return refusing.isEmpty();
    }

    /** Of several results of one line in a message the order says nothing: the one that is furthest counts. */
    private static Map<ResultLine, ResultProgress> advanced(
            ResultMessage message, List<Linked> forwarded, Map<ResultLine, ResultProgress> before) {
        Map<ResultLine, ResultProgress> advanced = new TreeMap<>();
        for (Linked linked : forwarded) {
            ResultProgress progress = progressOf(message, linked);
            for (ResultLine line : linesOf(linked)) {
                ResultProgress known = advanced.get(line);
                if (known == null) {
                    advanced.put(
                            line, before.containsKey(line) ? before.get(line).then(progress) : progress);
                } else if (!known.refuses(progress)) {
                    advanced.put(line, known.then(progress));
                }
            }
        }
        return advanced;
    }

    private static ResultProgress progressOf(ResultMessage message, Linked linked) {
        Reception reception = message.reception();
        Instant latest = reception.receivedAt().plus(BELIEVED_AHEAD);
        return new ResultProgress(
                linked.result().status(),
                Stream.of(
                                Optional.ofNullable(linked.result().reportedAt()),
                                Optional.ofNullable(reception.messageTime()))
                        .flatMap(Optional::stream)
                        .filter(time -> !time.isAfter(latest))
                        .findFirst()
                        .orElse(reception.receivedAt()));
    }

    /** One message for each accession, so that each keeps its place among those of its own accession. */
    private void forward(Session session, ResultMessage message, List<Linked> forwarded) {
        boolean further = false;
        for (Map.Entry<Optional<AccessionNumber>, List<Linked>> part :
                byAccession(forwarded).entrySet()) {
            SortedSet<Integer> places = new TreeSet<>();
            part.getValue().forEach(linked -> places.add(linked.place()));
            context.notices()
                    .result(
                            session,
                            statusOf(part.getValue()),
                            part.getKey().orElse(null),
                            new Notice.Result(message.text().apply(places), further));
            further = true;
        }
    }

    /** A result that is linked to no accession goes with the one before it, the first ones with the one after them. */
    private static Map<Optional<AccessionNumber>, List<Linked>> byAccession(List<Linked> results) {
        Optional<AccessionNumber> current =
                results.stream().flatMap(linked -> linked.number().stream()).findFirst();
        Map<Optional<AccessionNumber>, List<Linked>> parts = new LinkedHashMap<>();
        for (Linked linked : results) {
            current = linked.number().isPresent() ? linked.number() : current;
            parts.computeIfAbsent(current, number -> new ArrayList<>()).add(linked);
        }
        return parts;
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
            linked.add(new Linked(i, message.results().get(i), accession, mismatch));
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

    /** By the number of its order, else by its accession; empty when it has neither. */
    private static Optional<ResultLine> ownLineOf(Linked linked) {
        ReportedResult result = linked.result();
        if (result.filler() != null) {
            return Optional.of(lineOf("filler ", result.filler(), result.procedure()));
        }
        return result.placer() != null
                ? Optional.of(lineOf("placer ", result.placer(), result.procedure()))
                : linesOf(linked).stream().findFirst();
    }

    /** However the authority is written. Under a namespace alone the text is what earlier versions stored. */
    private static ResultLine lineOf(String kind, OrderNumber order, String procedure) {
        return new ResultLine(kind + new OrderNumber(order.number(), order.issuerKey()), procedure);
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

    private void raiseLate(Session session, ResultMessage message, Linked linked, ResultProgress passedOn) {
        raise(
                session,
                message,
                linked,
                new Finding(
                        ExceptionType.RESULT_OUT_OF_ORDER,
                        "reports %s as %s (OBR-25) after it was passed on as %s%s; it is kept and was not passed on. If it is what holds now, send it as C, or as X to withdraw the report; F again needs a later time (OBR-22)."
                                .formatted(
                                        procedureOf(linked),
                                        linked.result().status().label(),
                                        passedOn.status().label(),
                                        passedOn.at() == null ? "" : " of " + passedOn.at())));
    }

    private void raiseLateCorrection(Session session, ResultMessage message, Linked linked) {
        raise(
                session,
                message,
                linked,
                new Finding(
                        ExceptionType.RESULT_OUT_OF_ORDER,
                        "reports %s as %s (OBR-25) of an earlier time (OBR-22) than what was passed on before; it was passed on too. Find out which of the two holds, and have it sent again if that is the other one."
                                .formatted(
                                        procedureOf(linked),
                                        linked.result().status().label())));
    }

    private static String procedureOf(Linked linked) {
        String procedure = linked.result().procedure();
        return "OBR %d%s".formatted(linked.place() + 1, procedure.isEmpty() ? "" : " (" + procedure + ")");
    }

    private void raiseMismatch(Session session, ResultMessage message, Linked linked) {
        raise(
                session,
                message,
                linked,
                new Finding(
                        ExceptionType.PATIENT_MISMATCH,
                        "reports %s of accession %s for another patient (PID-3) than the accession's; it is kept and was not passed on. Find out whose result it is and send it with the right numbers."
                                .formatted(
                                        procedureOf(linked),
                                        linked.accession()
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
                                new Evidence(Evidence.HL7, message.reception().content())));
    }

    /** Of several results the least advanced one names the message: nobody takes it for more than it is. */
    private static ResultStatus statusOf(List<Linked> results) {
        return results.stream()
                .map(linked -> linked.result().status())
                .min(Comparator.comparingInt(ResultStatus::rank).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
