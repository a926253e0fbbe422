package io.collimator.engine.intake;

import io.collimator.camel.hl7.Hl7Outcomes.Committed;
import io.collimator.camel.hl7.Hl7Outcomes.Outcome;
import io.collimator.camel.hl7.Hl7Outcomes.Refused;
import io.collimator.engine.metrics.IntakeMeter;
import io.collimator.engine.reload.RunningMapping;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.IgnoredOrders;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.MappingWarning;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every HL7 message is judged: by its header and its sender's terms first, then by whoever handles its kind. Each
 * message sees one mapping from beginning to end. Thread-safe.
 */
public final class MessageDesk {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDesk.class);

    private final Handlers handlers;
    private final Surroundings with;
    private final Supplier<SenderBook> book;

    /** Who handles what. */
    public record Handlers(
            MessageHandler orders, MessageHandler patients, MessageHandler appointments, MessageHandler results) {

        private MessageHandler of(Hl7Message message) {
            return switch (message.headers().messageType()) {
                case "ADT" -> patients;
                case "SIU" -> appointments;
                case "ORU" -> results;
                default -> orders;
            };
        }
    }

    /**
     * What a message is read and kept with.
     *
     * @param terms what holds for every sender
     */
    public record Surroundings(
            EngineTerms terms, RefusedMessages refused, IgnoredMessages ignored, IntakeMeter meter, Clock clock) {}

    public MessageDesk(Handlers handlers, RunningMapping running, Surroundings with) {
        this.handlers = handlers;
        this.with = with;
        this.book = running.derived(set -> SenderBook.of(set, with.terms()));
    }

    /**
     * Takes one message; what is refused has been kept.
     *
     * @param localPort the port that it came to
     */
    Outcome take(byte[] content, int localPort) {
        long began = System.nanoTime();
        SenderBook senders = book.get();
        Optional<Hl7Headers> headers = Hl7Headers.read(content, with.terms().characterSet());
        Optional<SenderTerms> sender = headers.map(known -> senders.pick(localPort, known));
        String profile = sender.map(SenderTerms::name).orElse(IntakeMeter.NO_PROFILE);
        with.meter().received(profile);
        Outcome outcome = headers.isPresent()
                ? judged(content, headers.get(), sender.orElseThrow(), senders.mapping())
                : refused(content, AckPolicy.unreadable());
        if (outcome instanceof Refused refused) {
            with.meter().refused(profile, refused.refusal().code());
        }
        with.meter().answered(profile, Duration.ofNanos(System.nanoTime() - began));
        return outcome;
    }

    /**
     * A frame ended with FS and without CR.
     *
     * @param content of its only or first message
     */
    void countEndWithoutCr(byte[] content, int localPort) {
        String profile = Hl7Headers.read(content, with.terms().characterSet())
                .map(headers -> book.get().pick(localPort, headers).name())
                .orElse(IntakeMeter.NO_PROFILE);
        with.meter().leniency(profile, "end-block", 1);
    }

    private Outcome judged(byte[] content, Hl7Headers headers, SenderTerms terms, MappingSet mapping) {
        boolean isIgnored =
                terms.profile().ignores(headers) && !headers.controlId().isEmpty();
        Optional<Refusal> notServed =
                isIgnored ? Optional.empty() : terms.acceptance().check(headers);
        if (notServed.isPresent() && isKind(notServed.get())) {
            with.meter().notServed(terms.name(), headers.kind());
            with.refused().keepFirstOfDay(content, notServed.get(), headers);
            return new Refused(notServed.get());
        } else if (notServed.isPresent()) {
            return refused(content, notServed.get());
        }
        try {
            return isIgnored
                    ? ignored(
                            content, headers, terms, new Reason("sender", "the sender's block lists " + headers.kind()))
                    : handled(content, terms, mapping);
        } catch (Hl7RejectedException e) {
            return refused(content, e.refusal(), accessionOf(content, terms, mapping));
        } catch (StorageException e) {
            LOG.error("Message {} could not be stored; its sender is asked to send it again", headers, e);
            return new Refused(AckPolicy.notStored());
        }
    }

    private static boolean isKind(Refusal refusal) {
        return refusal.code() == ErrorCode.UNSUPPORTED_MESSAGE_TYPE
                || refusal.code() == ErrorCode.UNSUPPORTED_EVENT_CODE;
    }

    private Outcome handled(byte[] content, SenderTerms terms, MappingSet mapping) {
        Instant receivedAt = with.clock().instant();
        Hl7Message message = Hl7Message.parse(content, terms.reading());
        IgnoredOrders ignored = mapping.ignoredOrders(message);
        if (!ignored.isEmpty() && with.ignored().isKnown(mapping.namedOrders(message, terms.profile()))) {
            ignored = IgnoredOrders.NONE;
        }
        if (ignored.isWhole()) {
            return ignored(content, message.headers(), terms, new Reason("order-control", "by row " + ignored.rows()));
        }
        HandledMessage handled =
                handlers.of(message).handle(new MessageToHandle(mapping, terms, message, ignored, content, receivedAt));
        if (!ignored.isEmpty()) {
            LOG.info(
                    "Orders of message {} are ignored by row {}",
                    message.headers().controlId(),
                    ignored.rows());
        }
        with.meter().accepted(terms.name(), handled.repetition(), handled.stale());
        countLeniency(terms.name(), handled.warnings());
        handled.warnings()
                .forEach(warning -> LOG.info("Message {}: {}", message.headers().controlId(), warning));
        return new Committed(new CommittedReceipt(handled.receipt()), handled.response());
    }

    /**
     * Why a message changes nothing.
     *
     * @param where that is said, for counting
     */
    private record Reason(String where, String text) {}

    private Outcome ignored(byte[] content, Hl7Headers headers, SenderTerms terms, Reason reason) {
        CommitReceipt receipt =
                with.ignored().keep(headers, content, terms.name(), with.clock().instant());
        with.meter().ignored(terms.name(), reason.where());
        LOG.info(
                "Message {} {} of {} is ignored: {}", headers.controlId(), headers.kind(), terms.name(), reason.text());
        return new Committed(new CommittedReceipt(receipt), null);
    }

    private void countLeniency(String profile, Collection<MappingWarning> warnings) {
        Map<String, Integer> counts = new HashMap<>();
        warnings.forEach(warning -> counts.merge(warning.kind().label(), 1, Integer::sum));
        counts.forEach((kind, times) -> with.meter().leniency(profile, kind, times));
    }

    /** Null when the message cannot be read, or names none that is valid. */
    private static @Nullable AccessionNumber accessionOf(byte[] content, SenderTerms terms, MappingSet mapping) {
        try {
            return mapping.accessionOf(Hl7Message.parse(content, terms.reading()), terms.profile())
                    .flatMap(AccessionNumber::parse)
                    .orElse(null);
        } catch (Hl7RejectedException unreadable) {
            LOG.debug("A refused message names no accession number that can be read", unreadable);
            return null;
        }
    }

    private Refused refused(byte[] content, Refusal refusal) {
        return refused(content, refusal, null);
    }

    private Refused refused(byte[] content, Refusal refusal, @Nullable AccessionNumber accession) {
        with.refused().keep(content, refusal, accession);
        return new Refused(refusal);
    }
}
