package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a person of a destination that takes nothing, once for as long as it lasts, and that it is over. What a process left
 * open when it was killed is found by the next one. Thread-safe.
 */
public final class RecordWaitingDelivery {

    private static final String CAUSE = "delivery-waiting/";
    private static final int MAX_CAUSE = 200;
    private static final String HL7 = "x-application/hl7-v2+er7";

    private final Transactions transactions;
    private final Notices notices;
    private final Identifiers identifiers;
    private final Clock clock;

    public RecordWaitingDelivery(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.notices = context.notices();
        this.identifiers = context.identifiers();
        this.clock = context.clock();
    }

    /**
     * A destination that waits.
     *
     * @param destination its name
     * @param since when the first of what waits was first sent
     * @param reason what happened, without patient data
     * @param receiverSays the receiver's own words, empty when it said nothing
     * @param answer what the receiver answered, as it came; may be empty
     */
    public record Waiting(String destination, Instant since, String reason, String receiverSays, byte[] answer) {

        public Waiting {
            answer = answer.clone();
        }

        @Override
        public byte[] answer() {
            return answer.clone();
        }

        /** Without the receiver's words, which may hold patient data. */
        @Override
        public String toString() {
            return "Waiting[" + destination + ", " + since + "]";
        }
    }

    /**
     * Raises {@code delivery-waiting} unless one goes on for this destination; returns whether it did.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public boolean begin(Waiting waiting) {
        String cause = cause(waiting.destination());
        return transactions.write(session -> raise(session, cause, waiting)).value();
    }

    private boolean raise(Session session, String cause, Waiting waiting) {
        if (session.exceptions().goingOn(cause).contains(cause)) {
            return false;
        }
        ExceptionRecord exception = new ExceptionRecord(
                identifiers.newId(),
                clock.instant(),
                ExceptionType.DELIVERY_WAITING,
                null,
                waiting.destination(),
                summary(waiting),
                waiting.answer().length == 0 ? Evidence.NONE : new Evidence(HL7, waiting.answer()));
        session.exceptions().goesOn(cause, exception.id());
        notices.exception(session, exception);
        return true;
    }

    private static String summary(Waiting waiting) {
        String said = waiting.receiverSays().isEmpty() ? "" : " It says: \"" + waiting.receiverSays() + "\".";
        return "Messages wait for %s since %s: %s%s What waits is sent again by itself; repair the receiver or the way to it."
                .formatted(waiting.destination(), waiting.since(), waiting.reason(), said);
    }

    /**
     * Closes what goes on for a destination; returns whether there was something.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public boolean end(String destination) {
        return transactions
                .write(session -> session.exceptions().close(cause(destination), clock.instant()))
                .value();
    }

    /**
     * The destinations for which one goes on, also of a process before this one.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot say it now
     */
    public Set<String> goingOn() {
        return transactions.read(session -> session.exceptions().goingOn(CAUSE)).stream()
                .map(cause -> cause.substring(CAUSE.length()))
                .collect(Collectors.toSet());
    }

    private static String cause(String destination) {
        String cause = CAUSE + destination;
        return cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause;
    }
}
