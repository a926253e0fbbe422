package io.collimator.camel.hl7;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what did not reach its end before its connection did, and says so in one line of a kind and connection. Thread-safe. */
final class MllpLosses {

    private static final Logger LOG = LoggerFactory.getLogger(MllpLosses.class);

    private final LongAdder unwritten = new LongAdder();
    private final LongAdder unprocessed = new LongAdder();
    private final LongAdder unfinished = new LongAdder();

    /** Answers to messages that were processed: the sender was gone. */
    void unwritten(String sender, ControlIds messages) {
        unwritten.add(messages.count());
        if (messages.count() > 0) {
            LOG.warn(
                    "MLLP sender {} was gone before {} of its messages were answered; they were processed: {}",
                    sender,
                    messages.count(),
                    messages);
        }
    }

    /** Messages that came whole and went to no route, because the connection was closed from this side. */
    void unprocessed(String sender, ControlIds messages) {
        unprocessed.add(messages.count());
        if (messages.count() > 0) {
            LOG.warn(
                    "{} messages of MLLP sender {} are not processed, because its connection was closed from this side (the engine stops, a message before took too long or was over the limit, or its answers were not read); send them again: {}",
                    messages.count(),
                    sender,
                    messages);
        }
    }

    /** The last frame of a connection, of which so many bytes came and no end. */
    void unfinished(MllpRequest begun, int bytes) {
        unfinished.increment();
        LOG.warn(
                "MLLP sender {} ended inside a frame, after {} bytes of message \"{}\"; it is not processed",
                begun.remoteAddress(),
                bytes,
                begun.controlId());
    }

    /** How many there were since the start, by kind. */
    Map<String, Long> counts() {
        return Map.of(
                "answer-not-written", unwritten.sum(),
                "message-not-processed", unprocessed.sum(),
                "frame-without-end", unfinished.sum());
    }
}
