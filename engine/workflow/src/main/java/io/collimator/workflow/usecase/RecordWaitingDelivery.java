package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * Tells a person of a destination that takes nothing, once for as long as it lasts, and that it is over. What a process left
 * open when it was killed is found by the next one. Thread-safe.
 */
public final class RecordWaitingDelivery {

    private final Transactions transactions;
    private final OngoingExceptions ongoing;
    private final Clock clock;

    public RecordWaitingDelivery(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.ongoing = new OngoingExceptions(ExceptionType.DELIVERY_WAITING, context);
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
        OngoingExceptions.Words words = new OngoingExceptions.Words(
                null,
                waiting.destination(),
                summary(waiting),
                waiting.answer().length == 0 ? Evidence.NONE : new Evidence(Evidence.HL7, waiting.answer()));
        return transactions
                .write(session -> ongoing.begin(session, waiting.destination(), words))
                .value();
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
                .write(session ->
                        OngoingExceptions.end(session, ExceptionType.DELIVERY_WAITING, destination, clock.instant()))
                .value();
    }

    /**
     * The destinations for which one goes on, also of a process before this one.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot say it now
     */
    public Set<String> goingOn() {
        return transactions.read(ongoing::goingOn);
    }
}
