package io.collimator.persistence;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/** A row of {@code exception_record}. */
@Entity
@Table(name = "exception_record")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ExceptionEntity {

    @Id
    private UUID id;

    /** Given by the database as the row is inserted. */
    @Column(name = "seq", insertable = false, updatable = false)
    @SuppressWarnings("UnusedVariable") // queries order by it
    private long seq;

    @Column(name = "at")
    private Instant at;

    @Enumerated(EnumType.STRING)
    @Column(name = "type", columnDefinition = "varchar(40)")
    private ExceptionType type;

    @Column(name = "accession")
    private @Nullable String accession;

    @Column(name = "source")
    private String source;

    @Column(name = "summary")
    private String summary;

    @Column(name = "evidence_type")
    private String evidenceType;

    @Column(name = "evidence", length = Length.LONG32)
    private byte[] evidence;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    protected ExceptionEntity() {}

    ExceptionEntity(ExceptionRecord exception) {
        id = exception.id();
        at = exception.at();
        type = exception.type();
        AccessionNumber number = exception.accession();
        accession = number == null ? null : number.key();
        source = ColumnText.storable(exception.source());
        summary = ColumnText.storable(exception.summary());
        evidenceType = ColumnText.storable(exception.evidence().mediaType());
        evidence = exception.evidence().content();
        closedAt = exception.closedAt();
    }

    ExceptionRecord toRecord() {
        return new ExceptionRecord(
                id,
                at,
                type,
                accession == null ? null : AccessionNumber.ofKey(accession),
                source,
                summary,
                new ExceptionRecord.Evidence(evidenceType, evidence),
                closedAt);
    }
}
