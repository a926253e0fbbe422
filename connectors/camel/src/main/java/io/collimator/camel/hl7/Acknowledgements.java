package io.collimator.camel.hl7;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;

/**
 * Exchange to acknowledgements, in one place: AA and CA only for a message that an {@link AcknowledgementReceipt} speaks
 * of, and a refusal in every other case.
 */
final class Acknowledgements {

    private final AckFactory factory;

    Acknowledgements(AckFactory factory) {
        this.factory = factory;
    }

    /** What a route that ended without exception means for each message of the request, counted from 0. */
    IntFunction<AckOutcome> outcomes(MllpRequest request, Exchange exchange) {
        Optional<Hl7Outcomes> each = Hl7Outcomes.in(exchange);
        if (each.isPresent()) {
            return each.get()::at;
        }
        if (request.batch().isEmpty() && AcknowledgementReceipt.of(exchange).isPresent()) {
            return message -> new Accepted();
        }
        // What an error block has handled still says why nothing was stored.
        Refusal refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Throwable caught
                ? AckPolicy.refusalFor(caught)
                : AckPolicy.notStored();
        return message -> refusal;
    }

    /** The frames that answer a request whose messages were all refused for the same reason. */
    List<byte[]> write(MllpRequest request, Refusal refusal) {
        return write(request, message -> refusal);
    }

    /** The frames that answer a request, in order: none, one or two; one at most for a batch. */
    List<byte[]> write(MllpRequest request, IntFunction<AckOutcome> outcomes) {
        Optional<Hl7Batch> batch = request.batch();
        if (batch.isEmpty()) {
            return write(request.headers(), outcomes.apply(0));
        }
        List<List<byte[]>> answers = new ArrayList<>();
        for (byte[] message : batch.get().messages()) {
            answers.add(write(headers(message, request.characterSet()), outcomes.apply(answers.size())));
        }
        return factory.answerToBatch(batch.get(), answers).map(List::of).orElse(List.of());
    }

    private List<byte[]> write(Optional<Hl7Headers> headers, AckOutcome outcome) {
        return headers.map(request -> factory.answers(request, outcome))
                .orElseGet(() -> List.of(factory.answerToUnreadable(
                        outcome instanceof Refusal refusal && !refusal.equals(AckPolicy.notStored())
                                ? refusal
                                : AckPolicy.unreadable())));
    }

    private static Optional<Hl7Headers> headers(byte[] message, Charset standard) {
        return Hl7Headers.read(message, standard);
    }
}
