package io.collimator.simulators.ris;

import io.collimator.hl7.mllp.MllpAnswer;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.simulators.EventLog;
import io.collimator.simulators.ris.SimulatedOrder.OrderControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A RIS that sends over one persistent MLLP connection, a message after the answer to the one before (HL7 v2.5.1
 * §2.9.2). Thread-safe.
 */
public final class RisSimulator implements AutoCloseable {

    /** A message and its answer. */
    public record MessageAnswered(String controlId, MllpAnswer answer) {}

    private final MllpClient client;
    private final RisSettings settings;
    private final EventLog<MessageAnswered> events = new EventLog<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int sent;

    public RisSimulator(RisSettings settings) {
        this.settings = settings;
        this.client = new MllpClient(settings.receiver());
    }

    /**
     * Sends an order and expects {@code AA}.
     *
     * @return MSH-10 of the message
     * @throws IOException when no answer comes
     * @throws IllegalStateException when the answer is another one
     */
    public String send(OrderControl control, SimulatedOrder order) throws IOException {
        lock.lock();
        try {
            sent++;
            String controlId = settings.controlIdPrefix() + sent;
            String message = order.toMessage(control, controlId, LocalDateTime.now(settings.clock()));
            MllpAnswer answer = exchange(controlId, message.getBytes(StandardCharsets.UTF_8));
            if (!"AA".equals(answer.code())) {
                throw new IllegalStateException("Message %s was answered %s (%s); AA was expected."
                        .formatted(controlId, answer.code(), answer.text()));
            }
            return controlId;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a message as it is and returns the answer, whatever it is.
     *
     * @param controlId MSH-10, for the log of events
     * @param message HL7 that begins with MSH, segments ended by CR
     * @throws IOException when no answer comes
     */
    public MllpAnswer sendAsIs(String controlId, byte[] message) throws IOException {
        lock.lock();
        try {
            return exchange(controlId, message);
        } finally {
            lock.unlock();
        }
    }

    private MllpAnswer exchange(String controlId, byte[] message) throws IOException {
        MllpAnswer answer = client.send(message);
        events.add(new MessageAnswered(controlId, answer));
        return answer;
    }

    /** What was answered so far. */
    public EventLog<MessageAnswered> events() {
        return events;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            client.close();
        } finally {
            lock.unlock();
        }
    }
}
