package io.collimator.workflow.port;

import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import java.time.Instant;

/** HL7 messages as they came, for duplicates and as evidence (contract, HL7 in). */
public interface ReceivedMessages {

    /** Compares with the messages that were answered AA and received since then. */
    Repetition judge(ReceivedMessage.Key key, Instant since);

    void add(ReceivedMessage message);

    /** Removes at most {@code max} of those received before; returns how many. */
    int removeBefore(Instant time, int max);
}
