package io.collimator.persistence;

import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code timeline_entry}. */
@Entity
@Table(name = "timeline_entry")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class TimelineEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "timeline_entry_seq")
    @SequenceGenerator(name = "timeline_entry_seq", sequenceName = "timeline_entry_seq", allocationSize = 50)
    private long id;

    @Column(name = "accession")
    private String accession;

    @Column(name = "at")
    private Instant at;

    @Column(name = "kind")
    private String kind;

    @Column(name = "summary")
    private String summary;

    protected TimelineEntity() {}

    TimelineEntity(TimelineEntry entry) {
        accession = entry.accession().key();
        at = entry.at();
        kind = entry.kind();
        summary = ColumnText.storable(entry.summary());
    }

    TimelineEntry toEntry() {
        return new TimelineEntry(AccessionNumber.ofKey(accession), at, kind, summary);
    }
}
