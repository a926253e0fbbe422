package io.collimator.persistence;

import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.outbox.SentRange;
import io.collimator.workflow.outbox.UsedBroker;
import io.collimator.workflow.port.Deliveries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Deliveries by SQL, beside the outbox that JPA has. */
final class JpaDeliveries implements Deliveries {

    private static final String COLUMNS = "SELECT o.id, o.seq, o.queue, o.event_type, o.accession, s.outcome, ";

    private final Session session;
    private final Sql sql;

    JpaDeliveries(Session session) {
        this.session = session;
        this.sql = new Sql(session);
    }

    @Override
    public Optional<SentNotice> find(UUID id, String queue) {
        return sql
                .query(
                        COLUMNS
                                + "EXISTS (SELECT 1 FROM settled_notice n WHERE n.accession = o.accession AND n.queue = ?"
                                + " AND n.seq > o.seq AND n.outcome = 'ACCEPTED')"
                                + " FROM outbox o LEFT JOIN settled_notice s ON s.outbox_id = o.id AND s.queue = ?"
                                + " WHERE o.id = ?",
                        JpaDeliveries::notice,
                        queue,
                        queue,
                        id)
                .stream()
                .findFirst();
    }

    private static SentNotice notice(ResultSet row) throws SQLException {
        @Nullable String accession = row.getString(5);
        @Nullable String outcome = row.getString(6);
        return new SentNotice(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                accession == null ? null : AccessionNumber.ofKey(accession),
                outcome == null ? null : DeliveryOutcome.valueOf(outcome),
                row.getBoolean(7));
    }

    @Override
    public void settle(UUID id, String queue, DeliveryOutcome outcome, Instant at) {
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        int added = sql.update(
                "INSERT INTO settled_notice (outbox_id, queue, seq, accession, outcome, at)"
                        + " SELECT o.id, CAST(? AS VARCHAR), o.seq, o.accession, CAST(? AS VARCHAR),"
                        + " CAST(? AS TIMESTAMP(6) WITH TIME ZONE) FROM outbox o WHERE o.id = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM settled_notice s WHERE s.outbox_id = o.id AND s.queue = ?)",
                queue,
                outcome.name(),
                time,
                id,
                queue);
        if (added == 0) {
            sql.update(
                    "UPDATE settled_notice SET outcome = ?, at = ?"
                            + " WHERE outbox_id = ? AND queue = ? AND outcome <> 'ACCEPTED'",
                    outcome.name(),
                    time,
                    id,
                    queue);
        }
    }

    @Override
    public List<SentNotice> sent(SentRange range, long after, int max) {
        List<Object> parameters = new ArrayList<>(List.of(after));
        StringBuilder where = new StringBuilder(" WHERE o.sent = TRUE AND o.seq > ?");
        if (range.queue() != null) {
            where.append(" AND o.queue = ?");
            parameters.add(range.queue());
        }
        UsedBroker broker = range.lostBy();
        if (broker != null) {
            // both: a clock that was set back makes "before" of what came after
            where.append(" AND o.seq <= ? AND o.sent_at < ?");
            parameters.add(broker.lostTo());
            parameters.add(broker.since().atOffset(ZoneOffset.UTC));
        }
        AccessionReference accession = range.accession();
        if (accession != null) {
            where.append(ofAccession(accession, parameters));
        }
        parameters.add(max);
        return sql.query(
                COLUMNS + "FALSE FROM outbox o LEFT JOIN settled_notice s ON s.outbox_id = o.id AND s.queue = o.queue"
                        + where + " ORDER BY o.seq LIMIT ?",
                JpaDeliveries::notice,
                parameters.toArray());
    }

    private static String ofAccession(AccessionReference accession, List<Object> parameters) {
        String number = accession.number();
        String issuer = accession.issuer();
        if (issuer != null) {
            parameters.add(new AccessionNumber(number, issuer).key());
            return " AND o.accession = ?";
        }
        parameters.addAll(Arrays.asList(number, number + '\\', number + ']'));
        return " AND (o.accession = ? OR (o.accession > ? AND o.accession < ?))";
    }

    @Override
    public void sendAgain(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            session.createMutationQuery("update OutboxEntity set sent = false where id in :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
    }

    @Override
    public Optional<UsedBroker> broker() {
        return sql
                .query(
                        "SELECT node_id, since, lost_to FROM used_broker ORDER BY since DESC LIMIT 1",
                        row -> new UsedBroker(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getLong(3)))
                .stream()
                .findFirst();
    }

    @Override
    public UsedBroker useBroker(String nodeId, boolean isEmpty, Instant now) {
        Optional<Last> lost = isEmpty ? lastSent() : Optional.empty();
        long lostTo = lost.map(Last::place).orElse(0L);
        // a clock that was set back does not make it older than what was before it
        Instant since = Stream.concat(lost.map(Last::at).stream(), broker().map(UsedBroker::since).stream())
                .map(before -> before.plus(1, ChronoUnit.MICROS))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
        sql.update("DELETE FROM used_broker WHERE node_id = ?", nodeId);
        sql.update(
                "INSERT INTO used_broker (node_id, since, lost_to) VALUES (?, ?, ?)",
                nodeId,
                since.atOffset(ZoneOffset.UTC),
                lostTo);
        return new UsedBroker(nodeId, since, lostTo);
    }

    /** What was sent last, and where the last of them stands. */
    private record Last(long place, Instant at) {}

    private Optional<Last> lastSent() {
        return sql.query(
                        "SELECT max(seq), max(sent_at) FROM outbox WHERE sent = TRUE",
                        row -> row.getObject(2) == null
                                ? Optional.<Last>empty()
                                : Optional.of(new Last(
                                        row.getLong(1),
                                        row.getObject(2, OffsetDateTime.class).toInstant())))
                .get(0);
    }
}
