package io.collimator.workflow.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.MergeMessage.Kind;
import io.collimator.workflow.patient.MergeMessage.Pair;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.patient.PatientPolicy;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.testing.MemoryStore;
import io.collimator.workflow.worklist.ScheduledStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use cases about patients, with orders and modalities beside them, on a store in memory. */
final class PatientDesk {

    static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    final MemoryStore store = new MemoryStore(Fixtures.CLOCK);
    private final Identifiers identifiers = Fixtures.identifiers();
    private final Notices notices = new Notices(Fixtures.CLOCK, identifiers, (id, at, notice) -> describe(notice));
    private final AcceptOrder.Context context = new AcceptOrder.Context(store, Fixtures.CLOCK, identifiers, notices);
    private final Problems problems = new Problems(
            Fixtures.CLOCK,
            identifiers,
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())::encode,
            notices);
    private final AccessionProgress progress = new AccessionProgress(notices);
    private final CommitmentLinks commitments = new CommitmentLinks(notices, progress);
    private final PerformedStepMatching matching = new PerformedStepMatching(problems, notices);
    private final LatePerformedSteps links = new LatePerformedSteps(matching, commitments);
    private final AcceptOrder orders = new AcceptOrder(context, links, Fixtures.ZONE);
    private final RecordPerformedStep performed = new RecordPerformedStep(
            store,
            Fixtures.CLOCK,
            identifiers,
            AeTitle::equals,
            new RecordPerformedStep.Collaborators(matching, commitments, progress, problems, notices));
    private final MergePatients merges = new MergePatients(context, links);
    private final AcceptResult results = new AcceptResult(context);
    private PatientPolicy policy = PatientPolicy.standard(Fixtures.ZONE);
    private int messages;

    /** {@code ID} or {@code ID^ISSUER}; empty: none. */
    static @Nullable PatientId id(String text) {
        String[] parts = text.split("\\^", -1);
        return text.isEmpty() ? null : new PatientId(parts[0], parts.length > 1 ? parts[1] : null);
    }

    static DataSet.Builder data() {
        return Dictionary.dataSet();
    }

    PatientDesk takingArrivals() {
        policy = new PatientPolicy(true, Fixtures.ZONE);
        return this;
    }

    /** An order with accession, filler number and Study UID of its own, for a patient in words. */
    void order(String accession, String patient) {
        order(accession, patient, data().build());
    }

    /** An order with these attributes beside the usual ones. */
    void order(String accession, String patient, DataSet more) {
        PatientId number = id(patient);
        OrderDraft draft = OrderDraft.order("NW")
                .accession(accession)
                .filler("F-" + accession)
                .study(Uid.ofName(accession).value())
                .patient(number.id())
                .put(Tags.IssuerOfPatientID, number.issuerOrEmpty());
        OrderDraft full = new OrderDraft(
                draft.control(),
                Dictionary.dataSet(draft.attributes()).putAll(more).build(),
                draft.item());
        send(full);
    }

    void send(OrderDraft... drafts) {
        List<OrderedStep> groups = new ArrayList<>();
        for (OrderDraft draft : drafts) {
            groups.add(draft.build(groups.size() + 1));
        }
        orders.accept(new OrderMessage(reception("RIS|NORTH", null), OrderForm.OBR, OrderPolicies.STANDARD, groups));
    }

    void book(AppointmentMessage message) {
        new AcceptAppointment(context).accept(message);
    }

    /** N-CREATE and N-SET as the modality sends them. */
    RecordPerformedStep performed() {
        return performed;
    }

    AcceptedAdt adt(String trigger, String patient, DataSet attributes) {
        return adt(trigger, patient, attributes, NINE);
    }

    AcceptedAdt adt(String trigger, String patient, DataSet attributes, @Nullable Instant messageAt) {
        return adt(new PatientMessage(
                reception("ADT|NORTH", messageAt),
                PatientEvent.of(trigger).orElseThrow(),
                id(patient),
                List.of(),
                attributes));
    }

    AcceptedAdt adt(PatientMessage message) {
        return new UpdatePatient(context, policy).update(message);
    }

    Reception reception(String sender, @Nullable Instant messageTime) {
        return new Reception(nextKey(sender), "", "default", Fixtures.NOW, messageTime, new byte[] {1});
    }

    AcceptedAdt merge(String prior, String survivor) {
        return merge(prior, survivor, data().build());
    }

    AcceptedAdt merge(String prior, String survivor, DataSet attributes) {
        return merge(Kind.MERGE, new Pair(id(survivor), List.of(), id(prior), attributes));
    }

    AcceptedAdt changeId(String prior, String newId) {
        return merge(Kind.CHANGE_OF_ID, new Pair(id(newId), List.of(), id(prior), data().build()));
    }

    AcceptedAdt merge(Kind kind, Pair... pairs) {
        return merge(new MergeMessage(reception("ADT|NORTH", NINE), kind, Arrays.asList(pairs)));
    }

    /** For a sender that may merge across authorities. */
    AcceptedAdt mergeAcross(String prior, String survivor) {
        return merge(new MergeMessage(
                reception("ADT|NORTH", NINE),
                Kind.MERGE,
                true,
                List.of(new Pair(id(survivor), List.of(), id(prior), data().build()))));
    }

    AcceptedAdt merge(MergeMessage message) {
        return merges.merge(message);
    }

    /** A modality begins the step of an order under a patient ID of its choice. */
    void begin(String uid, String accession, String patientId) {
        performed.create(new RecordPerformedStep.Request(
                new AeTitle("CT1"),
                new Uid(uid),
                Exam.beginFor(patientId, Exam.item(accession, "SPS1", Uid.ofName(accession)))));
    }

    void complete(String uid) {
        performed.set(
                new RecordPerformedStep.Request(new AeTitle("CT1"), new Uid(uid), Exam.end("COMPLETED", uid + ".1")));
    }

    AcceptResult.Accepted result(String patient, ReportedResult... reported) {
        Reception reception = reception("REPORTS|NORTH", null);
        return results.accept(new ResultMessage(
                reception,
                places -> "MSH|" + reception.key().controlId() + places,
                id(patient),
                Arrays.asList(reported)));
    }

    static ReportedResult reported(String code, String accession, String filler, String procedure) {
        return reported(code, accession, filler, procedure, null);
    }

    /** @param at OBR-22 */
    static ReportedResult reported(
            String code, String accession, String filler, String procedure, @Nullable Instant at) {
        return new ReportedResult(
                null,
                filler.isEmpty() ? null : new OrderNumber(filler, "RAD"),
                accession.isEmpty() ? null : new AccessionNumber(accession),
                procedure,
                ResultStatus.of(code, List.of()),
                at);
    }

    Accession accession(String number) {
        return store.accessions().find(new AccessionNumber(number)).orElseThrow();
    }

    DataSet entry(String accession) {
        return step(accession).dataSet();
    }

    ScheduledStep step(String accession) {
        List<ScheduledStep> steps = store.scheduledSteps().ofAccession(new AccessionNumber(accession));
        assertThat(steps).hasSize(1);
        return steps.get(0);
    }

    /** Patient ID and issuer of the accession and its entry, which must be the same. */
    String patientOf(String accession) {
        DataSet entry = entry(accession);
        PatientId own = accession(accession).patient().id();
        assertThat(entry.text(Tags.PatientID)).isEqualTo(own.id());
        assertThat(entry.text(Tags.IssuerOfPatientID)).isEqualTo(own.issuerOrEmpty());
        return own.id() + "^" + own.issuerOrEmpty();
    }

    List<String> otherIds(String accession) {
        return entry(accession).items(Tags.OtherPatientIDsSequence).stream()
                .map(item -> item.text(Tags.PatientID) + "^" + item.text(Tags.IssuerOfPatientID))
                .toList();
    }

    /** Notices on a queue since the last call of {@link #forgetNotices()}. */
    List<String> noticesOn(String queue) {
        return store.outbox().pending(1000).stream()
                .filter(notice -> notice.queue().equals(queue))
                .map(notice -> notice.eventType() + " " + notice.accession() + " " + notice.body())
                .toList();
    }

    List<String> events() {
        return noticesOn(Notices.EVENTS_QUEUE);
    }

    void forgetNotices() {
        store.outbox()
                .markSent(
                        store.outbox().pending(1000).stream()
                                .map(OutboxMessage::id)
                                .toList(),
                        Fixtures.NOW);
    }

    List<String> timeline(String accession) {
        return store.timeline().of(new AccessionNumber(accession)).stream()
                .map(TimelineEntry::kind)
                .toList();
    }

    static void assertRefused(String expected, Runnable message) {
        assertThatThrownBy(message::run)
                .isInstanceOfSatisfying(
                        OrderRefusedException.class,
                        refused -> assertThat(OrderDesk.refusal(refused)).isEqualTo(expected));
    }

    private ReceivedMessage.Key nextKey(String sender) {
        messages++;
        return new ReceivedMessage.Key(sender, "M" + messages, "digest " + messages);
    }

    private static String describe(Notice notice) {
        if (notice instanceof Notice.PatientUpdated updated) {
            return text(updated.patient()) + " " + updated.accessions();
        } else if (notice instanceof Notice.PatientMerged merged) {
            return merged.merges().stream()
                            .map(merge -> text(merge.prior()) + ">" + text(merge.survivor()))
                            .toList()
                    + " " + merged.accessions();
        } else if (notice instanceof Notice.Status status) {
            return text(status.accession().patient().id());
        } else if (notice instanceof Notice.Result result) {
            return result.text();
        } else if (notice instanceof Notice.Problem problem) {
            return problem.exception().summary();
        }
        return "";
    }

    private static String text(PatientId id) {
        return id.id() + "^" + id.issuerOrEmpty();
    }
}
