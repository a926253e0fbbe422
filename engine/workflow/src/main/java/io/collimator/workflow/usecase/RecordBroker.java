package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.outbox.UsedBroker;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Notes which embedded broker notices go to, and tells a person when it is not the one that has the earlier ones. */
public final class RecordBroker {

    /** Of the exception, while the loss goes on. */
    static final String CAUSE = "broker-journal-lost";

    private final Transactions transactions;
    private final Notices notices;
    private final Clock clock;

    public RecordBroker(Transactions transactions, Notices notices, Clock clock) {
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * To be told at each start, before notices are sent.
     *
     * @param nodeId what the broker calls itself
     * @param hasNewJournal whether there was no journal before this start
     * @return whether notices were sent to another broker, which this one does not have; told once for each broker
     */
    public boolean started(String nodeId, boolean hasNewJournal) {
        return transactions
                .write(session -> started(session, nodeId, hasNewJournal))
                .value();
    }

    private boolean started(Session session, String nodeId, boolean hasNewJournal) {
        Optional<UsedBroker> before = session.deliveries().broker();
        if (before.filter(broker -> broker.nodeId().equals(nodeId)).isPresent()) {
            return false;
        }
        // of a journal that is older than this record the node is not known, but it is the one that was used
        boolean isEmpty = before.isPresent() || hasNewJournal;
        UsedBroker broker = session.deliveries().useBroker(nodeId, isEmpty, clock.instant());
        if (broker.lacksNotices()) {
            raise(session, broker);
        }
        return broker.lacksNotices();
    }

    private void raise(Session session, UsedBroker broker) {
        UUID id = UUID.nameUUIDFromBytes(
                ("broker/" + broker.nodeId() + "/" + broker.since()).getBytes(StandardCharsets.UTF_8));
        // an earlier loss is part of this one
        session.exceptions().close(CAUSE, clock.instant());
        session.exceptions().goesOn(CAUSE, id);
        notices.exception(
                session,
                new ExceptionRecord(
                        id,
                        clock.instant(),
                        ExceptionType.BROKER_JOURNAL_LOST,
                        null,
                        "collimator.jms",
                        "The journal of the embedded broker is not the one that notices were sent to before, so that what waited on its queues is not there. Nothing was put back. Put the old broker folder back, or run \"collimator out refill\", which sends again what receivers have not accepted and closes this exception.",
                        Evidence.NONE));
    }
}
