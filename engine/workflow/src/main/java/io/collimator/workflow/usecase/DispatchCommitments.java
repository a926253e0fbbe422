package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveTransaction;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Passes commitment requests to the archive: tells what to ask now, under a transaction of our own that is stored before it
 * is sent, and asks again, always with a new one, until the archive has answered or the request is too old.
 */
public final class DispatchCommitments {

    /** Most looks for something that can be sent now. */
    private static final int MAX_LOOKS = 1_000;

    private final CustodyContext context;

    public DispatchCommitments(CustodyContext context) {
        this.context = context;
    }

    /** An N-ACTION to send: instances to ask about under this Transaction UID. */
    public record Question(Uid transaction, AeTitle archive, List<InstanceReference> instances) {

        public Question {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Claims what is due. Send each at once and say how it went, by {@link #asked} or {@link #askFailed}; when neither is
     * called, it becomes due again.
     *
     * @param max batches, from 1
     * @param busy archives that are asked nothing more now
     */
    public List<Question> due(Instant now, int max, Set<AeTitle> busy) {
        List<Question> questions = new ArrayList<>();
        // what turns out to be for a busy archive makes room for what is behind it
        for (int look = 0; look < MAX_LOOKS && questions.isEmpty(); look++) {
            List<ArchiveAsk> due = context.transactions()
                    .read(session -> session.commitments().asks().due(now, max, busy));
            if (due.isEmpty()) {
                break;
            }
            for (ArchiveAsk ask : due) {
                context.transactions()
                        .write(session -> claim(session, ask, now, busy))
                        .value()
                        .ifPresent(questions::add);
            }
        }
        return questions;
    }

    /** What is not answered yet goes where a request would go now; to be called when that may have changed. */
    public void chooseAnew() {
        CommitReceipt ignored = context.transactions()
                .run(session -> session.commitments().asks().forgetArchives());
    }

    /** The archive answered the N-ACTION with success: its report is awaited. */
    public CommitReceipt asked(Uid transaction) {
        Instant deadline = context.clock().instant().plus(context.settings().answerTimeout());
        return context.transactions()
                .run(session -> underway(session, transaction)
                        .ifPresent(ask -> session.commitments().asks().save(ask.asked(deadline))));
    }

    /**
     * The archive was not reached or answered with failure: asks again later.
     *
     * @param why for people, without patient data
     */
    public CommitReceipt askFailed(Uid transaction, String why) {
        Instant now = context.clock().instant();
        return context.transactions()
                .run(session -> underway(session, transaction).ifPresent(ask -> {
                    ArchiveAsk next = ask.failed(context.settings().nextAsk(now, ask.attempts()));
                    session.commitments().asks().save(next);
                    context.links()
                            .tellAccessionsOf(
                                    session,
                                    ask.request(),
                                    "commitment.ask-failed",
                                    "The archive could not be asked: %s; next attempt at %s"
                                            .formatted(why, next.nextAt()));
                }));
    }

    /** The ask whose sending this was, unless its report or a newer attempt overtook it. */
    private static Optional<ArchiveAsk> underway(Session session, Uid transaction) {
        return session.commitments()
                .asks()
                .findTransaction(transaction)
                .flatMap(sent -> session.commitments()
                        .lock(sent.request())
                        .flatMap(request -> session.commitments().asks().find(sent.request(), sent.batch())))
                .filter(ask -> ask.state() == ArchiveAsk.State.SENDING && ask.isAskedBy(transaction));
    }

    private Optional<Question> claim(Session session, ArchiveAsk seen, Instant now, Set<AeTitle> busy) {
        Optional<CommitmentRequest> request = session.commitments().lock(seen.request());
        Optional<ArchiveAsk> current = session.commitments().asks().find(seen.request(), seen.batch());
        if (request.isEmpty() || current.filter(ask -> ask.isDue(now)).isEmpty()) {
            return Optional.empty();
        }
        ArchiveAsk ask = current.get();
        List<CommitmentItem> open = session.commitments().items(ask.request(), ask.batch()).stream()
                .filter(CommitmentItem::isOpen)
                .toList();
        if (!now.isBefore(request.get().receivedAt().plus(context.settings().maxAge()))) {
            expire(session, request.get(), ask, open);
            return Optional.empty();
        }
        Optional<AeTitle> archive = context.archiveFor(
                session, request.get().requestor(), () -> session.commitments().accessionsOf(ask.request()));
        if (archive.isEmpty()) {
            session.commitments().asks().save(ask.failed(context.settings().nextAsk(now, ask.attempts())));
            return Optional.empty();
        }
        if (busy.contains(archive.get())) {
            session.commitments().asks().save(ask.waitingFor(archive.get()));
            return Optional.empty();
        }
        return Optional.of(question(session, ask, archive.get(), open));
    }

    private Question question(Session session, ArchiveAsk ask, AeTitle archive, List<CommitmentItem> open) {
        Uid transaction = context.identifiers().newUid();
        Instant now = context.clock().instant();
        session.commitments()
                .asks()
                .save(new ArchiveTransaction(transaction, ask.request(), ask.batch(), archive, now, null));
        session.commitments()
                .asks()
                .save(ask.sending(
                        transaction, archive, now.plus(context.settings().sendTimeout())));
        context.links()
                .tellAccessionsOf(
                        session,
                        ask.request(),
                        "commitment.asked",
                        "%s is asked about %d instances (transaction %s)".formatted(archive, open.size(), transaction));
        return new Question(
                transaction,
                archive,
                open.stream().map(CommitmentItem::instance).toList());
    }

    /** Too old: what is open is reported as failed. What the archive last said of custody stays as it is. */
    private void expire(Session session, CommitmentRequest request, ArchiveAsk ask, List<CommitmentItem> open) {
        session.commitments()
                .updateItems(
                        request.id(), open.stream().map(CommitmentItem::expired).toList());
        session.commitments().asks().save(ask.settled());
        context.links()
                .tellAccessionsOf(
                        session,
                        request.id(),
                        "commitment.expired",
                        "No answer on %d instances within %s; %s is told that they failed"
                                .formatted(open.size(), context.settings().maxAge(), request.requestor()));
        if (!session.commitments().hasOpenItems(request.id())) {
            session.commitments().update(request.settled(context.clock().instant()));
        }
    }
}
