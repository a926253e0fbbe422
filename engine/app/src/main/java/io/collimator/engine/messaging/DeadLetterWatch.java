package io.collimator.engine.messaging;

import io.collimator.camel.delivery.OutboundMessages;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.usecase.RecordUndeliveredNotice;
import io.collimator.workflow.usecase.RecordUndeliveredNotice.DeadLetter;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises an exception for each message in {@code collimator.dead-letters}. It browses: the messages stay for whoever the
 * queue belongs to. Each is raised once, however often it is seen.
 */
public final class DeadLetterWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWatch.class);

    /** Seen in one scan; what lies behind them is seen when someone has emptied the queue. */
    private static final int MAX_SCAN = 10_000;

    private final ConnectionFactory connections;
    private final RecordUndeliveredNotice useCase;
    private final UnaryOperator<String> receiverSaid;
    private Set<String> known = Set.of();

    /** @param receiverSaid by outbox id, the receiver's own words to a notice that it refused; empty when it said nothing */
    public DeadLetterWatch(
            ConnectionFactory connections, RecordUndeliveredNotice useCase, UnaryOperator<String> receiverSaid) {
        this.connections = connections;
        this.useCase = useCase;
        this.receiverSaid = receiverSaid;
    }

    /** Looks once; run it again and again, half a minute apart. A failure is logged and the next run tries again. */
    public synchronized void scan() {
        try (Connection connection = connections.createConnection()) {
            connection.start();
            scan(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
        } catch (JMSException | RuntimeException e) {
            LOG.warn("The dead letters cannot be looked through; check broker and database.", e);
        }
    }

    private void scan(Session session) throws JMSException {
        Set<String> seen = new HashSet<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(Queues.DEAD_LETTERS))) {
            Enumeration<?> letters = browser.getEnumeration();
            while (seen.size() < MAX_SCAN && letters.hasMoreElements()) {
                if (letters.nextElement() instanceof Message letter) {
                    raise(letter);
                    seen.add(DeadLetters.key(letter));
                }
            }
        }
        if (seen.size() == MAX_SCAN) {
            LOG.warn("{} holds {} messages or more; empty it, newer ones are not seen.", Queues.DEAD_LETTERS, MAX_SCAN);
        }
        known = Collections.unmodifiableSet(seen);
    }

    private void raise(Message letter) throws JMSException {
        if (known.contains(DeadLetters.key(letter))) {
            return;
        }
        String issuer = letter.getStringProperty("accessionIssuer");
        DeadLetter deadLetter = new DeadLetter(
                DeadLetters.key(letter),
                DeadLetters.text(letter, OutboundMessages.ORIGINAL_QUEUE),
                DeadLetters.text(letter, "eventType"),
                Optional.ofNullable(letter.getStringProperty("accessionNumber"))
                        .flatMap(AccessionNumber::parse)
                        .map(number -> number.withIssuer(issuer))
                        .orElse(null),
                letter.propertyExists("_AMQ_ACTUAL_EXPIRY"),
                reason(letter),
                letter instanceof TextMessage message && message.getText() != null ? message.getText() : "");
        if (useCase.record(deadLetter)) {
            LOG.warn("Notice {} ({}) could not be delivered.", deadLetter.key(), deadLetter.eventType());
        }
    }

    private String reason(Message letter) throws JMSException {
        String reason = DeadLetters.text(letter, OutboundMessages.REASON);
        String words = receiverSaid.apply(DeadLetters.key(letter));
        return words.isEmpty()
                ? reason
                : "%s It says: \"%s\"".formatted(reason, words).strip();
    }
}
