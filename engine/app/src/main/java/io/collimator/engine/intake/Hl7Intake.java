package io.collimator.engine.intake;

import io.collimator.camel.hl7.Hl7Constants;
import io.collimator.camel.hl7.Hl7Outcomes;
import io.collimator.camel.hl7.Hl7Outcomes.Committed;
import io.collimator.camel.hl7.Hl7Outcomes.Outcome;
import io.collimator.camel.hl7.Hl7Outcomes.Refused;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.workflow.port.AnswerTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;

/** {@code orders}: takes the frame of an MLLP sender, one message or a batch of them. */
public final class Hl7Intake {

    private final MessageDesk desk;
    private final AnswerTime answerTime;

    public Hl7Intake(MessageDesk desk, AnswerTime answerTime) {
        this.desk = desk;
        this.answerTime = answerTime;
    }

    /**
     * Takes the frame's content in the body; attaches the receipt, or the outcome of each message of a batch.
     *
     * @throws Hl7RejectedException with the answer, when the one message is refused; its content is kept then
     */
    public void accept(Exchange exchange) {
        byte[] content = Objects.requireNonNull(
                exchange.getMessage().getBody(byte[].class), "The body is empty; a step before this one removed it.");
        int port = Optional.ofNullable(exchange.getMessage().getHeader(Hl7Constants.LOCAL_PORT, Integer.class))
                .orElse(0);
        Optional<Hl7Batch> batch = Hl7Batch.read(content, Hl7Batch.MAX_MESSAGES);
        if (Boolean.TRUE.equals(exchange.getMessage().getHeader(Hl7Constants.LACKS_CARRIAGE_RETURN))) {
            desk.countEndWithoutCr(
                    batch.map(Hl7Batch::messages).stream()
                            .flatMap(List::stream)
                            .findFirst()
                            .orElse(content),
                    port);
        }
        if (batch.isPresent()) {
            Hl7Outcomes.of(outcomes(batch.get(), port)).attachTo(exchange);
            return;
        }
        long arrived = exchange.getProperty(Hl7Constants.ARRIVED, System.nanoTime(), Long.class);
        Outcome outcome = answerTime.since(arrived, () -> desk.take(content, port));
        if (outcome instanceof Refused refused) {
            throw new Hl7RejectedException(refused.refusal());
        }
        Committed committed = (Committed) outcome;
        committed.receipt().attachTo(exchange);
        if (committed.response() != null) {
            Hl7Outcomes.of(List.of(committed)).attachTo(exchange);
        }
    }

    /** Each message has the time for an answer; once one could not be stored, the others are not tried. */
    private List<Outcome> outcomes(Hl7Batch batch, int port) {
        List<Outcome> outcomes = new ArrayList<>();
        boolean isStoring = true;
        for (byte[] message : batch.messages()) {
            Outcome outcome = isStoring
                    ? answerTime.since(System.nanoTime(), () -> desk.take(message, port))
                    : new Refused(AckPolicy.notStored());
            isStoring = isStoring && !outcome.equals(new Refused(AckPolicy.notStored()));
            outcomes.add(outcome);
        }
        return outcomes;
    }
}
