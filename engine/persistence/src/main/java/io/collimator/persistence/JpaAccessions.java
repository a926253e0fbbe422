package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.port.Accessions;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Accessions by JPA. */
final class JpaAccessions implements Accessions {

    /** The number by whomever: {@code \\} stands before the issuer in a key, and {@code ]} is the character after it. */
    static final String OF_NUMBER = "(number = ? OR (number >= ? AND number < ?))";

    private static final String MARK = "\\";

    private static final String COLUMNS =
            "patient_id, patient_issuer, patient_name, birth_date, sex, study_instance_uid,"
                    + " requested_procedure_id, placer_number, placer_namespace, filler_number, filler_namespace, order_status,"
                    + " procedure_state, custody_state, order_sender, order_transaction_time, order_message_time,"
                    + " appointment_sender, appointment_transaction_time, appointment_message_time, parent_placer_number,"
                    + " parent_placer_namespace, parent_filler_number, parent_filler_namespace, sent_fields, forgotten_at";

    /** Where an accession's key stands beside its own row. */
    static final List<String> REFERRING = List.of(
            "scheduled_step.accession",
            "exception_record.accession",
            "timeline_entry.accession",
            "held_line.accession",
            "outbox.accession",
            "settled_notice.accession",
            "performed_item.accession",
            "commitment_link.accession",
            "early_stop.accession",
            "result.accession",
            "patient_merge_accession.accession");

    private final Session session;

    /** What is absent is inserted when saved, so that whoever came first meanwhile is not overwritten. */
    private final SeenAccessions seen;

    private final Absences absences;

    /** Not there yet, but spoken of. */
    private final Map<AccessionNumber, AccessionEntity> added = new HashMap<>();

    JpaAccessions(Session session, SeenAccessions seen, Absences absences) {
        this.session = session;
        this.seen = seen;
        this.absences = absences;
    }

    @Override
    public Optional<Accession> find(AccessionNumber number) {
        return Optional.ofNullable(entity(number)).map(AccessionEntity::toAccession);
    }

    @Override
    public SortedSet<String> issuers() {
        return new TreeSet<>(new Sql(session)
                .query(
                        "SELECT patient_issuer FROM accession WHERE patient_issuer IS NOT NULL"
                                + " UNION SELECT placer_namespace FROM accession WHERE placer_namespace IS NOT NULL"
                                + " UNION SELECT filler_namespace FROM accession WHERE filler_namespace IS NOT NULL"
                                + " UNION SELECT SUBSTRING(number FROM POSITION(CAST(? AS VARCHAR) IN number) + 1)"
                                + " FROM accession WHERE POSITION(CAST(? AS VARCHAR) IN number) > 0",
                        row -> row.getString(1),
                        MARK,
                        MARK));
    }

    @Override
    public List<AccessionNumber> ofIssuers(Collection<String> issuers) {
        Set<AccessionNumber> found = new TreeSet<>();
        for (String issuer : issuers) {
            found.addAll(new Sql(session)
                    .query(
                            "SELECT number FROM accession WHERE patient_issuer = ? OR placer_namespace = ?"
                                    + " OR filler_namespace = ? OR (POSITION(CAST(? AS VARCHAR) IN number) > 0"
                                    + " AND SUBSTRING(number FROM POSITION(CAST(? AS VARCHAR) IN number) + 1) = ?)",
                            row -> AccessionNumber.ofKey(row.getString(1)),
                            issuer,
                            issuer,
                            issuer,
                            MARK,
                            MARK,
                            issuer));
        }
        return List.copyOf(found);
    }

    /** The row comes first under its new number, so that what refers to it can follow; the old one goes last. */
    @Override
    public void rename(AccessionNumber from, AccessionNumber to) {
        Sql sql = new Sql(session);
        sql.update(
                "INSERT INTO accession (number, " + COLUMNS + ") SELECT CAST(? AS VARCHAR(240)), " + COLUMNS
                        + " FROM accession WHERE number = ?",
                to.key(),
                from.key());
        for (String column : REFERRING) {
            String[] place = column.split("\\.", 2);
            sql.update(
                    "UPDATE %s SET %s = ? WHERE %s = ?".formatted(place[0], place[1], place[1]), to.key(), from.key());
        }
        sql.update("DELETE FROM accession WHERE number = ?", from.key());
        session.clear();
        seen.forget();
        absences.forget(Absences.Kind.ACCESSION);
    }

    /** The number itself, and what begins with it and the mark before an issuer. */
    @Override
    public List<Accession> ofNumber(String number) {
        if (absences.has(Absences.Kind.ACCESSION, number)) {
            return List.of();
        }
        return new Sql(session)
                        .query(
                                "SELECT number FROM accession WHERE " + OF_NUMBER + " ORDER BY number",
                                row -> AccessionNumber.ofKey(row.getString(1)),
                                number,
                                number + '\\',
                                number + ']')
                        .stream()
                        .flatMap(known -> find(known).stream())
                        .toList();
    }

    @Override
    public Optional<Accession> lock(AccessionNumber number) {
        @Nullable AccessionEntity known = entity(number);
        if (known == null) {
            return Optional.empty();
        }
        // what was read before the lock may be outdated: read it again under the lock
        session.flush();
        session.refresh(known, LockModeType.PESSIMISTIC_WRITE);
        seen.noteLocked(number);
        return Optional.of(known.toAccession());
    }

    @Override
    public List<Accession> ofFiller(OrderNumber filler) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where fillerNumber = :number order by number", AccessionEntity.class)
                .setParameter("number", ColumnText.storable(filler.number()))
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .filter(accession -> Objects.equals(accession.filler(), filler))
                .toList();
    }

    @Override
    public List<Accession> ofPlacer(OrderNumber placer) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where placerNumber = :number order by number", AccessionEntity.class)
                .setParameter("number", ColumnText.storable(placer.number()))
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .filter(accession -> Objects.equals(accession.placer(), placer))
                .toList();
    }

    /** Two halves, each by its index, in one statement. */
    @Override
    public List<Accession> ofOrder(@Nullable OrderNumber filler, @Nullable OrderNumber placer) {
        if (absences.has(Absences.Kind.ORDER, Absences.orderKey(placer, filler))) {
            return List.of();
        }
        if (filler == null || placer == null) {
            return Accessions.super.ofOrder(filler, placer);
        }
        return new Sql(session)
                        .query(
                                "SELECT number FROM accession WHERE filler_number = ?"
                                        + " UNION SELECT number FROM accession WHERE placer_number = ?",
                                row -> AccessionNumber.ofKey(row.getString(1)),
                                ColumnText.storable(filler.number()),
                                ColumnText.storable(placer.number()))
                        .stream()
                        .sorted()
                        .flatMap(number -> find(number).stream())
                        .filter(accession -> Objects.equals(accession.filler(), filler)
                                || Objects.equals(accession.placer(), placer))
                        .toList();
    }

    @Override
    public List<Accession> ofStudy(Uid studyInstanceUid) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where studyInstanceUid = :uid order by number", AccessionEntity.class)
                .setParameter("uid", studyInstanceUid.value())
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .toList();
    }

    @Override
    public Optional<LastWord> lastWord(AccessionNumber number, Subject subject) {
        return Optional.ofNullable(entity(number)).flatMap(known -> known.lastWord(subject));
    }

    @Override
    public void heard(AccessionNumber number, Subject subject, LastWord word) {
        change(number, known -> known.heard(subject, word));
    }

    @Override
    public Optional<OrderedStep.ParentOrder> parent(AccessionNumber number) {
        return Optional.ofNullable(entity(number)).flatMap(AccessionEntity::parent);
    }

    @Override
    public void adopt(AccessionNumber number, OrderedStep.ParentOrder parent) {
        change(number, known -> known.adopt(parent));
    }

    @Override
    public SentFields sent(AccessionNumber number) {
        AccessionEntity known = added.containsKey(number) ? added.get(number) : entity(number);
        return known == null ? SentFields.NONE : known.sent();
    }

    @Override
    public void keep(AccessionNumber number, SentFields sent) {
        change(number, known -> known.keep(sent));
    }

    private void change(AccessionNumber number, Consumer<AccessionEntity> change) {
        @Nullable AccessionEntity known = seen.isAbsent(number) ? null : entity(number);
        // not persisted before it is whole: a later change would be an update of its own
        change.accept(known == null ? added.computeIfAbsent(number, AccessionEntity::new) : known);
    }

    @Override
    public Optional<Instant> forgottenAt(AccessionNumber number) {
        return Optional.ofNullable(entity(number)).flatMap(AccessionEntity::forgottenAt);
    }

    @Override
    public List<Accession> ofPatientId(String patientId) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where patientId = :id order by number", AccessionEntity.class)
                .setParameter("id", ColumnText.storable(patientId))
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .toList();
    }

    @Override
    public void save(Accession accession) {
        absences.forget(Absences.Kind.ORDER);
        AccessionNumber number = accession.number();
        @Nullable AccessionEntity known = seen.isAbsent(number) ? null : entity(number);
        if (known == null) {
            AccessionEntity entity =
                    Objects.requireNonNullElseGet(added.remove(number), () -> new AccessionEntity(number));
            entity.apply(accession);
            session.persist(entity);
            seen.noteAdded(number);
            absences.forget(Absences.Kind.ACCESSION);
        } else {
            known.apply(accession);
        }
    }

    private @Nullable AccessionEntity entity(AccessionNumber number) {
        @Nullable
        AccessionEntity found = absences.has(Absences.Kind.ACCESSION, number.value())
                ? null
                : session.find(AccessionEntity.class, number.key());
        if (found == null) {
            seen.noteAbsent(number);
        } else {
            seen.noteFound(number);
        }
        return found;
    }
}
