package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.custody.InstanceWord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.ArchiveAsks;
import io.collimator.workflow.port.Commitments;
import jakarta.persistence.LockModeType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Commitments: requests by JPA, their items and the archive's words by SQL, a batch at a time. */
final class JpaCommitments implements Commitments {

    /** The instances that the performed steps of an accession list. */
    private static final String LISTED_BY =
            " FROM performed_item i JOIN performed_instance p ON p.performed_uid = i.performed_uid";

    private static final String LISTED = "SELECT DISTINCT p.instance_uid" + LISTED_BY + " WHERE i.accession = ?";

    /**
     * No WITH: H2 (2.3.232 to 2.5.252) does not see a parameter in one, so that a statement which it has in its cache answers with
     * the counts of the accession that was asked before.
     */
    private static final String COUNTS = "SELECT COUNT(*), COUNT(CASE WHEN w.committed THEN 1 END),"
            + " COUNT(CASE WHEN NOT w.committed THEN 1 END)"
            + " FROM (" + LISTED
            + " UNION SELECT c.instance_uid FROM commitment_item c"
            + " JOIN (SELECT DISTINCT m.request_id FROM commitment_item m JOIN (" + LISTED
            + ") l ON l.instance_uid = m.instance_uid) k ON k.request_id = c.request_id"
            + " WHERE NOT EXISTS (SELECT 1 FROM performed_instance o WHERE o.instance_uid = c.instance_uid)) e"
            + " LEFT JOIN instance_custody w ON w.instance_uid = e.instance_uid";

    private static final String ITEMS =
            "SELECT ordinal, batch, class_uid, instance_uid, outcome, reason FROM commitment_item WHERE request_id = ?";

    private final Session session;
    private final Sql sql;
    private final ArchiveAsks asks;
    private final SeenAccessions seen;

    JpaCommitments(Session session, SeenAccessions seen) {
        this.session = session;
        this.seen = seen;
        this.sql = new Sql(session);
        this.asks = new JpaArchiveAsks(session);
    }

    @Override
    public InstanceCounts counts(AccessionNumber accession) {
        if (seen.hasNothingPerformed(accession)) {
            return InstanceCounts.NONE;
        }
        return sql.query(
                        COUNTS,
                        row -> new InstanceCounts(row.getInt(1), row.getInt(2), row.getInt(3)),
                        accession.key(),
                        accession.key())
                .get(0);
    }

    @Override
    public ArchiveAsks asks() {
        return asks;
    }

    @Override
    public Optional<CommitmentRequest> findActive(AeTitle requestor, Uid transaction) {
        return session.createSelectionQuery(
                        "from CommitmentRequestEntity where activeKey = :key", CommitmentRequestEntity.class)
                .setParameter("key", CommitmentRequestEntity.activeKey(requestor, transaction))
                .uniqueResultOptional()
                .map(CommitmentRequestEntity::toRequest);
    }

    @Override
    public Optional<CommitmentRequest> lock(UUID id) {
        @Nullable CommitmentRequestEntity known = session.find(CommitmentRequestEntity.class, id);
        if (known == null) {
            return Optional.empty();
        }
        session.flush();
        session.refresh(known, LockModeType.PESSIMISTIC_WRITE);
        return Optional.of(known.toRequest());
    }

    @Override
    public void add(CommitmentRequest request, List<CommitmentItem> items) {
        session.persist(new CommitmentRequestEntity(request));
        sql.batch(
                "INSERT INTO commitment_item (request_id, ordinal, batch, class_uid, instance_uid, outcome, reason)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                items,
                (statement, item) -> {
                    statement.setObject(1, request.id());
                    statement.setInt(2, item.ordinal());
                    statement.setInt(3, item.batch());
                    statement.setString(4, item.instance().sopClass().value());
                    statement.setString(5, item.instance().sopInstance().value());
                    statement.setString(6, item.outcome().name());
                    statement.setInt(7, item.reason());
                });
    }

    @Override
    public void update(CommitmentRequest request) {
        session.find(CommitmentRequestEntity.class, request.id()).apply(request);
    }

    @Override
    public List<CommitmentItem> items(UUID request) {
        return sql.query(ITEMS + " ORDER BY ordinal", JpaCommitments::item, request);
    }

    @Override
    public List<CommitmentItem> items(UUID request, int batch) {
        return sql.query(ITEMS + " AND batch = ? ORDER BY ordinal", JpaCommitments::item, request, batch);
    }

    @Override
    public void updateItems(UUID request, Collection<CommitmentItem> items) {
        sql.batch(
                "UPDATE commitment_item SET outcome = ?, reason = ? WHERE request_id = ? AND ordinal = ?",
                items,
                (statement, item) -> {
                    statement.setString(1, item.outcome().name());
                    statement.setInt(2, item.reason());
                    statement.setObject(3, request);
                    statement.setInt(4, item.ordinal());
                });
    }

    @Override
    public boolean hasOpenItems(UUID request) {
        return !sql.query(
                        "SELECT 1 FROM commitment_item WHERE request_id = ? AND outcome = 'OPEN' FETCH FIRST 1 ROWS ONLY",
                        row -> row.getInt(1),
                        request)
                .isEmpty();
    }

    @Override
    public void record(Collection<InstanceWord> words) {
        // in one order everywhere, so that two reports on the same instances wait and do not deadlock
        List<InstanceWord> sorted = words.stream()
                .sorted(Comparator.comparing(InstanceWord::sopInstance))
                .toList();
        List<InstanceWord> unknown = sql.batch(
                "UPDATE instance_custody SET committed = ?, reason = ?, archive = ?, at = ? WHERE instance_uid = ?",
                sorted,
                JpaCommitments::write);
        sql.batch(
                "INSERT INTO instance_custody (committed, reason, archive, at, instance_uid) VALUES (?, ?, ?, ?, ?)",
                unknown,
                JpaCommitments::write);
    }

    @Override
    public List<UUID> reportsDue(Instant now, int max, Set<AeTitle> without) {
        String others = without.isEmpty() ? "" : " and requestor not in (:without)";
        SelectionQuery<UUID> due = session.createSelectionQuery(
                        "select id from CommitmentRequestEntity where state = REPORT_DUE and nextReportAt <= :now"
                                + others + " order by nextReportAt, id",
                        UUID.class)
                .setParameter("now", now)
                .setMaxResults(max);
        if (!without.isEmpty()) {
            due.setParameterList("without", without.stream().map(AeTitle::value).toList());
        }
        return due.list();
    }

    @Override
    public List<UUID> unchecked(Instant receivedBefore, int max) {
        return session.createSelectionQuery(
                        "select id from CommitmentRequestEntity where matchChecked = false and receivedAt < :before"
                                + " order by receivedAt, id",
                        UUID.class)
                .setParameter("before", receivedBefore)
                .setMaxResults(max)
                .list();
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOf(UUID request) {
        return new TreeSet<>(sql.query(
                "SELECT DISTINCT i.accession" + LISTED_BY
                        + " JOIN commitment_item c ON c.instance_uid = p.instance_uid"
                        + " WHERE c.request_id = ? AND i.accession IS NOT NULL",
                row -> AccessionNumber.ofKey(row.getString(1)),
                request));
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOf(Uid instance) {
        return new TreeSet<>(sql.query(
                "SELECT DISTINCT i.accession" + LISTED_BY + " WHERE p.instance_uid = ? AND i.accession IS NOT NULL",
                row -> AccessionNumber.ofKey(row.getString(1)),
                instance.value()));
    }

    @Override
    public boolean link(UUID request, AccessionNumber accession) {
        boolean known = !sql.query(
                        "SELECT 1 FROM commitment_link WHERE request_id = ? AND accession = ?",
                        row -> row.getInt(1),
                        request,
                        accession.key())
                .isEmpty();
        if (!known) {
            addLinks(List.of(request), accession);
        }
        return !known;
    }

    @Override
    public List<CommitmentRequest> linkAll(AccessionNumber accession) {
        if (seen.hasNothingPerformed(accession)) {
            return List.of();
        }
        List<UUID> unknown = sql.query(
                "SELECT DISTINCT c.request_id" + LISTED_BY
                        + " JOIN commitment_item c ON c.instance_uid = p.instance_uid"
                        + " WHERE i.accession = ? AND NOT EXISTS (SELECT 1 FROM commitment_link l"
                        + " WHERE l.request_id = c.request_id AND l.accession = i.accession)",
                row -> row.getObject(1, UUID.class),
                accession.key());
        addLinks(unknown, accession);
        return unknown.stream()
                .map(id -> session.find(CommitmentRequestEntity.class, id).toRequest())
                .sorted(Comparator.comparing(CommitmentRequest::receivedAt))
                .toList();
    }

    private void addLinks(List<UUID> requests, AccessionNumber accession) {
        seen.notePerformed();
        sql.batch(
                "INSERT INTO commitment_link (request_id, accession) VALUES (?, ?)", requests, (statement, request) -> {
                    statement.setObject(1, request);
                    statement.setString(2, accession.key());
                });
    }

    private static CommitmentItem item(ResultSet row) throws SQLException {
        return new CommitmentItem(
                row.getInt(1),
                row.getInt(2),
                new InstanceReference(new Uid(row.getString(3)), new Uid(row.getString(4))),
                CommitmentItem.Outcome.valueOf(row.getString(5)),
                row.getInt(6));
    }

    private static void write(PreparedStatement statement, InstanceWord word) throws SQLException {
        statement.setBoolean(1, word.committed());
        statement.setInt(2, word.reason());
        statement.setString(3, word.archive().value());
        statement.setObject(4, word.at().atOffset(ZoneOffset.UTC));
        statement.setString(5, word.sopInstance().value());
    }
}
