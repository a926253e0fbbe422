package io.collimator.camel.hl7;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.OrderResponse;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What became of each message of a frame, in order: what an intake attaches to its exchange for a batch, or when an
 * acknowledgement says more than its code. A message for which nothing is said here was not stored. A single message that
 * is answered by a plain AA needs no more than its {@link AcknowledgementReceipt}.
 */
public final class Hl7Outcomes {

    /** The exchange property that holds them; it counts only when it holds an instance of this class. */
    public static final String EXCHANGE_PROPERTY = "CollimatorHl7Outcomes";

    private final List<Outcome> outcomes;

    private Hl7Outcomes(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** What became of one message. */
    public sealed interface Outcome {}

    /**
     * Durable.
     *
     * @param receipt of its commit
     * @param response what the acknowledgement says of each order; null: it is a plain ACK
     */
    public record Committed(
            AcknowledgementReceipt receipt, @Nullable OrderResponse response) implements Outcome {}

    /** Not accepted; the message was kept by whoever refused it. */
    public record Refused(Refusal refusal) implements Outcome {}

    /** One outcome for each message of the frame, in its order. */
    public static Hl7Outcomes of(List<Outcome> outcomes) {
        return new Hl7Outcomes(outcomes);
    }

    /** The outcomes that the exchange carries. */
    static Optional<Hl7Outcomes> in(Exchange exchange) {
        // No typed getter: Camel's type converters must not be able to make one.
        return exchange.getProperty(EXCHANGE_PROPERTY) instanceof Hl7Outcomes outcomes
                ? Optional.of(outcomes)
                : Optional.empty();
    }

    public void attachTo(Exchange exchange) {
        exchange.setProperty(EXCHANGE_PROPERTY, this);
    }

    /** What the acknowledgement of a message says, counted from 0. */
    AckOutcome at(int message) {
        if (message >= outcomes.size()) {
            return AckPolicy.notStored();
        }
        return outcomes.get(message) instanceof Committed committed
                ? new Accepted(committed.response())
                : ((Refused) outcomes.get(message)).refusal();
    }

    /** How many are refused, of this many messages. */
    int refused(int messages) {
        int refused = 0;
        for (int message = 0; message < messages; message++) {
            refused += at(message) instanceof Refusal ? 1 : 0;
        }
        return refused;
    }

    @Override
    public String toString() {
        return "Hl7Outcomes[" + outcomes.size() + "]";
    }
}
