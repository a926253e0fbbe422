package io.collimator.persistence;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of {@code mapping_version_file}. */
@Entity
@Table(name = "mapping_version_file")
@IdClass(MappingVersionFileEntity.Key.class)
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class MappingVersionFileEntity {

    @Id
    @Column(name = "version")
    @SuppressWarnings("UnusedVariable") // part of the key
    private int version;

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "content")
    private String content;

    protected MappingVersionFileEntity() {}

    MappingVersionFileEntity(int version, String name, String content) {
        this.version = version;
        this.name = name;
        this.content = content;
    }

    String name() {
        return name;
    }

    String content() {
        return content;
    }

    /** Primary key. */
    record Key(int version, String name) implements Serializable {}
}
