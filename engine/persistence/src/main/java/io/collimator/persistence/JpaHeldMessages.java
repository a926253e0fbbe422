package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.port.HeldMessages;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What waits aside, by SQL. */
final class JpaHeldMessages implements HeldMessages {

    private static final String LINE =
            "SELECT queue, line, accession, since, attempts, next_at, sent_at, parked_at, reason FROM held_line ";

    private final Sql sql;

    JpaHeldMessages(Session session) {
        this.sql = new Sql(session);
    }

    @Override
    public Optional<HeldLine> find(QueueLine line) {
        return one("", line);
    }

    @Override
    public Optional<HeldLine> lock(QueueLine line) {
        return one(" FOR UPDATE", line);
    }

    private Optional<HeldLine> one(String lock, QueueLine line) {
        return sql
                .query(LINE + "WHERE queue = ? AND line = ?" + lock, JpaHeldMessages::line, line.queue(), line.name())
                .stream()
                .findFirst();
    }

    @Override
    public List<HeldLine> lines(String queue, int max) {
        return sql.query(LINE + "WHERE queue = ? ORDER BY since LIMIT ?", JpaHeldMessages::line, queue, max);
    }

    @Override
    public List<HeldLine> due(String queue, Instant now, Instant lost, int max) {
        return sql.query(
                LINE + "WHERE queue = ? AND parked_at IS NULL AND next_at <= ? AND (sent_at IS NULL OR sent_at < ?)"
                        + " ORDER BY next_at LIMIT ?",
                JpaHeldMessages::line,
                queue,
                time(now),
                time(lost),
                max);
    }

    private static HeldLine line(ResultSet row) throws SQLException {
        @Nullable String accession = row.getString(3);
        return new HeldLine(
                new QueueLine(row.getString(1), row.getString(2)),
                accession == null ? null : AccessionNumber.ofKey(accession),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getInt(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row, 7),
                instant(row, 8),
                row.getString(9));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Override
    public void begin(HeldLine held) {
        sql.update(
                "INSERT INTO held_line (queue, line, accession, since, attempts, next_at, sent_at, parked_at, reason)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                held.line().queue(),
                held.line().name(),
                held.accession() == null ? null : held.accession().key(),
                time(held.since()),
                held.attempts(),
                time(held.nextAt()),
                orNull(held.sentAt()),
                orNull(held.parkedAt()),
                held.reason());
    }

    @Override
    public void update(HeldLine held) {
        sql.update(
                "UPDATE held_line SET since = ?, attempts = ?, next_at = ?, sent_at = ?, parked_at = ?, reason = ?"
                        + " WHERE queue = ? AND line = ?",
                time(held.since()),
                held.attempts(),
                time(held.nextAt()),
                orNull(held.sentAt()),
                orNull(held.parkedAt()),
                held.reason(),
                held.line().queue(),
                held.line().name());
    }

    @Override
    public void end(QueueLine line) {
        sql.update("DELETE FROM held_line WHERE queue = ? AND line = ?", line.queue(), line.name());
    }

    @Override
    public void append(QueueLine line, HeldMessage message) {
        sql.update(
                "INSERT INTO held_message (queue, line, message_key, properties, body) VALUES (?, ?, ?, ?, ?)",
                line.queue(),
                line.name(),
                message.key(),
                NamedValues.write(message.properties()),
                message.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean contains(String queue, String key) {
        return !sql.query(
                        "SELECT 1 FROM held_message WHERE queue = ? AND message_key = ?",
                        row -> row.getInt(1),
                        queue,
                        key)
                .isEmpty();
    }

    @Override
    public Optional<HeldMessage> first(QueueLine line) {
        return sql
                .query(
                        "SELECT message_key, properties, body FROM held_message WHERE queue = ? AND line = ?"
                                + " ORDER BY id LIMIT 1",
                        row -> new HeldMessage(
                                row.getString(1),
                                NamedValues.read(row.getString(2)),
                                new String(row.getBytes(3), StandardCharsets.UTF_8)),
                        line.queue(),
                        line.name())
                .stream()
                .findFirst();
    }

    @Override
    public void remove(String queue, String key) {
        sql.update("DELETE FROM held_message WHERE queue = ? AND message_key = ?", queue, key);
    }

    @Override
    public int count(QueueLine line) {
        return sql.query(
                        "SELECT COUNT(*) FROM held_message WHERE queue = ? AND line = ?",
                        row -> row.getInt(1),
                        line.queue(),
                        line.name())
                .get(0);
    }

    @Override
    public Map<String, Integer> sizes(String queue) {
        Map<String, Integer> sizes = new HashMap<>();
        sql.query(
                "SELECT line, COUNT(*) FROM held_message WHERE queue = ? GROUP BY line",
                row -> sizes.put(row.getString(1), row.getInt(2)),
                queue);
        return sizes;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        sql.query(
                "SELECT m.queue, COUNT(*) - COUNT(DISTINCT CASE WHEN l.sent_at IS NULL THEN NULL ELSE l.line END)"
                        + " FROM held_message m JOIN held_line l ON l.queue = m.queue AND l.line = m.line GROUP BY m.queue",
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    @Override
    public Map<String, Instant> paused() {
        Map<String, Instant> paused = new HashMap<>();
        sql.query(
                "SELECT queue, since FROM paused_queue",
                row -> paused.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()));
        return paused;
    }

    @Override
    public void pause(String queue, Instant since) {
        if (!paused().containsKey(queue)) {
            sql.update("INSERT INTO paused_queue (queue, since) VALUES (?, ?)", queue, time(since));
        }
    }

    @Override
    public void resume(String queue) {
        sql.update("DELETE FROM paused_queue WHERE queue = ?", queue);
    }

    private static @Nullable OffsetDateTime orNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
