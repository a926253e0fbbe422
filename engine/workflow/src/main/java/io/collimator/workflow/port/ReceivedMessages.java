package io.collimator.workflow.port;

import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import java.time.Instant;
import java.util.List;

/** HL7 messages as they came, for duplicates and as evidence (contract, HL7 in). */
public interface ReceivedMessages {

    /** Compares with the messages that were answered AA and received since then. */
    Repetition judge(ReceivedMessage.Key key, Instant since);

    void add(ReceivedMessage message);

    /**
     * Newest first.
     *
     * @param max 1 to 1000
     */
    List<ReceivedMessage> latest(int max);

    /** Removes at most {@code max} of those received before; returns how many. */
    int removeBefore(Instant time, int max);
}
