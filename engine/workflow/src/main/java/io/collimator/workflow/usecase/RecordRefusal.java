package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Keeps what was refused, with its evidence, for a person to look at. Thread-safe. */
public final class RecordRefusal {

    private static final String REFUSED = "message.refused";

    private final Transactions transactions;
    private final Clock clock;
    private final Identifiers identifiers;
    private final Notices notices;

    public RecordRefusal(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.clock = context.clock();
        this.identifiers = context.identifiers();
        this.notices = context.notices();
    }

    /**
     * Something that was refused.
     *
     * @param source sending application and facility, or AE title
     * @param accession null when it names none that is valid; when it is known, its timeline tells of the refusal
     * @param reason one sentence for people, without patient data
     */
    public record Refusal(
            String source, @Nullable AccessionNumber accession, String reason, ExceptionRecord.Evidence evidence) {}

    /**
     * Stores the refusal as an exception {@code message-refused} in a transaction of its own.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public CommitReceipt record(Refusal refusal) {
        return transactions.run(session -> {
            notices.exception(
                    session,
                    new ExceptionRecord(
                            identifiers.newId(),
                            clock.instant(),
                            ExceptionType.MESSAGE_REFUSED,
                            refusal.accession(),
                            refusal.source(),
                            refusal.reason(),
                            refusal.evidence()));
            if (refusal.accession() != null) {
                tell(session, refusal.accession(), refusal.reason());
            }
        });
    }

    /** A sender that repeats itself is told of once. */
    private void tell(Session session, AccessionNumber accession, String reason) {
        boolean isKnown = session.accessions().find(accession).isPresent();
        boolean isTold = session.timeline().of(accession).stream()
                .anyMatch(
                        entry -> entry.kind().equals(REFUSED) && entry.summary().equals(reason));
        if (isKnown && !isTold) {
            notices.timeline(session, accession, REFUSED, reason);
        }
    }
}
