package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what was refused, with its evidence, for a person to look at. Thread-safe. */
public final class RecordRefusal {

    private static final String REFUSED = "message.refused";

    private final Transactions transactions;
    private final Clock clock;
    private final Identifiers identifiers;
    private final Notices notices;
    private final ZoneId zone;

    /** @param zone in which a day begins and ends */
    public RecordRefusal(AcceptOrder.Context context, ZoneId zone) {
        this.zone = zone;
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
            raise(session, identifiers.newId(), refusal);
            if (refusal.accession() != null) {
                tell(session, refusal.accession(), refusal.reason());
            }
        });
    }

    /**
     * Like {@link #record}, once a source and day: for what a source sends all day long and nobody wants.
     *
     * @return whether it is stored; false when another one of its source is there already
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public boolean recordOnceADay(Refusal refusal) {
        String day = LocalDate.ofInstant(clock.instant(), zone).toString();
        UUID id = UUID.nameUUIDFromBytes(
                ("once a day\n" + day + "\n" + refusal.source()).getBytes(StandardCharsets.UTF_8));
        return transactions
                .write(session -> {
                    boolean isFirst = session.exceptions().find(id).isEmpty();
                    if (isFirst) {
                        raise(session, id, refusal);
                    }
                    return isFirst;
                })
                .value();
    }

    private void raise(Session session, UUID id, Refusal refusal) {
        notices.exception(
                session,
                new ExceptionRecord(
                        id,
                        clock.instant(),
                        ExceptionType.MESSAGE_REFUSED,
                        refusal.accession(),
                        refusal.source(),
                        refusal.reason(),
                        refusal.evidence()));
    }

    /** A sender that repeats itself is told of once. */
    private void tell(Session session, AccessionNumber accession, String reason) {
        boolean isKnown = session.accessions().lock(accession).isPresent();
        boolean isTold = session.timeline().of(accession).stream()
                .anyMatch(
                        entry -> entry.kind().equals(REFUSED) && entry.summary().equals(reason));
        if (isKnown && !isTold) {
            notices.timeline(session, accession, REFUSED, reason);
        }
    }
}
