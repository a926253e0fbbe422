package io.collimator.camel.hl7;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import org.apache.camel.Exchange;

/**
 * Exchange to acknowledgement, in one place: AA only to an exchange that carries an {@link AcknowledgementReceipt}, and
 * a refusal in every other case.
 */
final class Acknowledgements {

    private final AckFactory factory;

    Acknowledgements(AckFactory factory) {
        this.factory = factory;
    }

    /** What a route that ended without exception means. */
    AckOutcome outcome(Exchange exchange) {
        if (AcknowledgementReceipt.of(exchange).isPresent()) {
            return new Accepted();
        }
        // What an error block has handled still says why nothing was stored.
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Throwable caught
                ? AckPolicy.refusalFor(caught)
                : AckPolicy.notStored();
    }

    byte[] write(MllpRequest request, AckOutcome outcome) {
        return request.headers()
                .map(headers -> factory.acknowledge(headers, outcome))
                .orElseGet(() -> factory.acknowledgeUnreadable(
                        outcome instanceof Refusal refusal && !refusal.equals(AckPolicy.notStored())
                                ? refusal
                                : AckPolicy.unreadable()));
    }
}
