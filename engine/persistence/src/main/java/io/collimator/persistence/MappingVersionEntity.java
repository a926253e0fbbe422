package io.collimator.persistence;

import io.collimator.workflow.version.MappingVersion;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** A row of {@code mapping_version}. */
@Entity
@Table(name = "mapping_version")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class MappingVersionEntity {

    @Id
    @Column(name = "number")
    private int number;

    @Column(name = "at")
    private Instant at;

    @Column(name = "made_by")
    private String by;

    @Column(name = "remark")
    private String comment;

    @Column(name = "digest")
    private String digest;

    @Column(name = "changes")
    private String changes;

    protected MappingVersionEntity() {}

    MappingVersionEntity(MappingVersion version) {
        number = version.number();
        at = version.at();
        by = ColumnText.storable(version.by());
        comment = ColumnText.storable(version.comment());
        digest = version.digest();
        changes = ColumnText.storable(version.changes());
    }

    int number() {
        return number;
    }

    MappingVersion toVersion(Map<String, String> files) {
        return new MappingVersion(number, at, by, comment, digest, changes, files);
    }
}
