package io.collimator.workflow.port;

import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What receivers did not take, line by line, and which destinations a person has stopped. */
public interface HeldMessages {

    /** A line that waits, as it is. */
    Optional<HeldLine> find(QueueLine line);

    /** A line that waits, locked until the end of the transaction. */
    Optional<HeldLine> lock(QueueLine line);

    /** Lines of a queue that wait, the oldest first. */
    List<HeldLine> lines(String queue, int max);

    /**
     * Lines of a queue that are not parked, whose time has come and of which no copy is on the queue, the longest due first.
     *
     * @param lost a copy that was put there before this is taken for lost
     */
    List<HeldLine> due(String queue, Instant now, Instant lost, int max);

    void begin(HeldLine line);

    void update(HeldLine line);

    /** The line with all its messages. */
    void end(QueueLine line);

    /** Puts a message behind the others of a line that waits. */
    void append(QueueLine line, HeldMessage message);

    boolean contains(String queue, String key);

    Optional<HeldMessage> first(QueueLine line);

    void remove(String queue, String key);

    int count(QueueLine line);

    /** How many messages wait in each line of a queue, by the line's name. */
    Map<String, Integer> sizes(String queue);

    /** Messages that wait aside and are not on their queue, by queue. */
    Map<String, Long> counts();

    /** Queues that a person has stopped, since when. */
    Map<String, Instant> paused();

    void pause(String queue, Instant since);

    void resume(String queue);
}
