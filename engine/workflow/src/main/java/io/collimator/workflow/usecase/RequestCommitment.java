package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions.Committed;
import io.collimator.workflow.usecase.CommitmentLinks.Linked;
import io.collimator.workflow.usecase.RequestRefusedException.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes a modality's request for storage commitment (PS3.4 §J.3.2): it is stored together with the question to the archive,
 * then answered.
 *
 * <p>A Transaction UID that is active with the same set is a repeated request: it is answered again and nothing is done. With
 * another set it is refused with 0110H: the response has no place for 0131H, and a report on that UID would be taken for the
 * one on the first set. One whose report was delivered may be used again, as some modalities do.
 */
public final class RequestCommitment {

    private static final int PROCESSING_FAILURE = 0x0110;
    private static final int NO_SUCH_INSTANCE = 0x0112;
    private static final int INVALID_ARGUMENT = 0x0115;
    private static final int NO_SUCH_ACTION = 0x0123;
    private static final Uid WELL_KNOWN_INSTANCE = new Uid("1.2.840.10008.1.20.1.1");

    private final CustodyContext context;

    public RequestCommitment(CustodyContext context) {
        this.context = context;
    }

    /**
     * N-ACTION.
     *
     * @param from calling AE title
     * @param sopInstance Requested SOP Instance UID
     */
    public record Request(AeTitle from, Uid sopInstance, int actionTypeId, DataSet information) {}

    /** A request that was stored: answer 0000H. */
    public record Requested(UUID id, CommitReceipt receipt) {}

    /**
     * Stores the request.
     *
     * @throws RequestRefusedException 0123H and 0112H for another action or instance, 0115H when a UID is missing or no UID or
     *     nothing is asked for, 0110H when there is no archive that could answer, nobody to report to, or the Transaction
     *     UID is active with other instances
     * @throws io.collimator.workflow.port.StorageException when it cannot be stored now
     */
    public Requested request(Request request) {
        Optional<Refusal> invalid = validate(request);
        Committed<Outcome<UUID>> committed = context.transactions()
                .write(session -> invalid.map(refusal -> refuse(session, request, refusal))
                        .orElseGet(() -> store(session, request)));
        return new Requested(committed.value().orElseThrow(), committed.receipt());
    }

    private Optional<Refusal> validate(Request request) {
        if (request.actionTypeId() != 1) {
            return Optional.of(Refusal.of(NO_SUCH_ACTION, "Action Type ID must be 1"));
        }
        if (!request.sopInstance().equals(WELL_KNOWN_INSTANCE)) {
            return Optional.of(Refusal.of(NO_SUCH_INSTANCE, "Requested SOP Instance must be " + WELL_KNOWN_INSTANCE));
        }
        DataSet information = request.information();
        if (Uid.parse(information.text(Tags.TransactionUID)).isEmpty()) {
            return invalid("TransactionUID is missing or no UID", Tags.TransactionUID);
        }
        List<DataSet> items = information.items(Tags.ReferencedSOPSequence);
        if (items.isEmpty()) {
            return invalid("ReferencedSOPSequence has no item", Tags.ReferencedSOPSequence);
        }
        for (Tag tag : List.of(Tags.ReferencedSOPInstanceUID, Tags.ReferencedSOPClassUID)) {
            if (items.stream().anyMatch(item -> Uid.parse(item.text(tag)).isEmpty())) {
                return invalid("An item of ReferencedSOPSequence lacks a valid UID", tag);
            }
        }
        if (!context.peers().canReportTo(request.from())) {
            return Optional.of(Refusal.of(PROCESSING_FAILURE, "no host and port configured to report to"));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> invalid(String comment, Tag tag) {
        return Optional.of(Refusal.of(INVALID_ARGUMENT, comment, tag));
    }

    private Outcome<UUID> store(Session session, Request request) {
        Uid transaction = new Uid(request.information().text(Tags.TransactionUID));
        Collection<InstanceReference> instances = instancesOf(request.information());
        if (!hasArchive(session, request.from(), instances)) {
            return refuse(session, request, Refusal.of(PROCESSING_FAILURE, "no real archive is configured"));
        }
        String digest = digest(instances);
        Optional<CommitmentRequest> active = session.commitments().findActive(request.from(), transaction);
        if (active.isPresent()) {
            return active.get().digest().equals(digest)
                    ? Outcome.done(active.get().id())
                    : refuse(
                            session,
                            request,
                            Refusal.of(PROCESSING_FAILURE, "TransactionUID is active with other instances"));
        }
        Instant now = context.clock().instant();
        CommitmentRequest stored =
                CommitmentRequest.received(context.identifiers().newId(), transaction, request.from(), now, digest);
        List<CommitmentItem> items = inBatches(instances);
        session.commitments().add(stored, items);
        items.stream()
                .map(CommitmentItem::batch)
                .distinct()
                .forEach(batch -> session.commitments().asks().save(ArchiveAsk.due(stored.id(), batch, now)));
        Linked linked = context.links().lockAccessionsOf(session, stored.id());
        context.links().refresh(session, linked);
        return Outcome.done(stored.id());
    }

    /** Whether it would be asked about them now; by the first, should orders of several senders be meant. */
    private boolean hasArchive(Session session, AeTitle from, Collection<InstanceReference> instances) {
        Uid first = instances.iterator().next().sopInstance();
        return context.archiveFor(session, from, () -> session.commitments().accessionsOf(first))
                .isPresent();
    }

    /** An instance that is named twice counts once. */
    private static Collection<InstanceReference> instancesOf(DataSet information) {
        Map<Uid, InstanceReference> instances = new LinkedHashMap<>();
        for (DataSet item : information.items(Tags.ReferencedSOPSequence)) {
            Uid instance = new Uid(item.text(Tags.ReferencedSOPInstanceUID));
            instances.putIfAbsent(
                    instance, new InstanceReference(new Uid(item.text(Tags.ReferencedSOPClassUID)), instance));
        }
        return instances.values();
    }

    private List<CommitmentItem> inBatches(Collection<InstanceReference> instances) {
        List<CommitmentItem> items = new ArrayList<>(instances.size());
        for (InstanceReference instance : instances) {
            int batch = items.size() / context.settings().batchSize();
            items.add(new CommitmentItem(items.size(), batch, instance, CommitmentItem.Outcome.OPEN, 0));
        }
        return items;
    }

    private static String digest(Collection<InstanceReference> instances) {
        String sorted = instances.stream()
                .map(instance -> instance.sopInstance().value())
                .sorted()
                .collect(Collectors.joining("\\"));
        return Problems.digest(sorted.getBytes(StandardCharsets.US_ASCII));
    }

    private Outcome<UUID> refuse(Session session, Request request, Refusal refusal) {
        context.problems()
                .raise(
                        session,
                        ExceptionType.MESSAGE_REFUSED,
                        Optional.empty(),
                        new Problems.Report(
                                request.from(),
                                "Storage commitment request was refused with %04XH: %s. Its content is kept here."
                                        .formatted(refusal.status(), refusal.comment()),
                                request.information()));
        return Outcome.refused(refusal);
    }
}
