package io.collimator.engine.intake;

import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.RecordRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps HL7 messages that were refused. The refusal is answered whether or not its content could be kept. */
public final class RefusedMessages {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedMessages.class);
    private static final int MAX_SHOWN = 64;
    private static final String UNTIL_TOMORROW =
            " More of this sender that is not served raises no exception today, collimator_messages_not_served_total counts it by event;"
                    + " list what nobody wants under ignore in the sender's block of mapping/senders.yaml.";

    private final RecordRefusal recordRefusal;

    public RefusedMessages(RecordRefusal recordRefusal) {
        this.recordRefusal = recordRefusal;
    }

    /** @param content the frame, or its head when it was over the limit */
    public void keep(byte[] content, Refusal refusal) {
        keep(content, refusal, null);
    }

    /** @param accession that the message names; null when none could be read */
    void keep(byte[] content, Refusal refusal, @Nullable AccessionNumber accession) {
        Optional<Hl7Headers> headers = Hl7Headers.read(content, StandardCharsets.ISO_8859_1);
        String sender = shown(headers.map(RefusedMessages::senderOf).orElse("unknown"));
        String reason = reason(headers, refusal);
        LOG.warn("{} (sender {})", reason, sender);
        try {
            recordRefusal.record(
                    new RecordRefusal.Refusal(sender, accession, reason, new Evidence(Evidence.HL7, content)));
        } catch (StorageException e) {
            LOG.error("A refused message of {} could not be kept: {}", sender, reason, e);
        }
    }

    /**
     * Of a type or an event that is not served to its sender, of which there may be thousands a day: only the first of a sender
     * and day is kept.
     */
    void keepFirstOfDay(byte[] content, Refusal refusal, Hl7Headers headers) {
        String sender = shown(senderOf(headers));
        String reason = reason(Optional.of(headers), refusal);
        try {
            boolean isFirst = recordRefusal.recordOnceADay(new RecordRefusal.Refusal(
                    sender, null, reason + UNTIL_TOMORROW, new Evidence(Evidence.HL7, content)));
            if (isFirst) {
                LOG.warn("{} (sender {})", reason, sender);
            } else {
                LOG.info("{} (sender {}; counted)", reason, sender);
            }
        } catch (StorageException e) {
            LOG.error("A refused message of {} could not be kept: {}", sender, reason, e);
        }
    }

    private static String reason(Optional<Hl7Headers> headers, Refusal refusal) {
        return "Message %s was answered %s %d%s: %s"
                .formatted(
                        shown(headers.map(Hl7Headers::controlId).orElse("")),
                        AckPolicy.codeOf(refusal),
                        refusal.code().code(),
                        refusal.location().segment().isEmpty() ? "" : " at " + refusal.location(),
                        refusal.text());
    }

    /** MSH-3 and MSH-4. */
    static String senderOf(Hl7Headers headers) {
        return headers.field(3) + "|" + headers.field(4);
    }

    private static String shown(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
