package io.collimator.workflow.port;

import io.collimator.workflow.version.MappingVersion;
import java.util.List;
import java.util.Optional;

/** The history of the mapping. */
public interface MappingVersions {

    /** The one with the highest number, with its files. */
    Optional<MappingVersion> newest();

    /** A version with its files. */
    Optional<MappingVersion> find(int number);

    /**
     * Versions without their files, newest first.
     *
     * @param before only those with a lower number
     */
    List<MappingVersion> list(int before, int max);

    /** Adds a version; loses the race when its number is taken. */
    void add(MappingVersion version);

    /** Removes versions with a lower number. */
    void removeBefore(int number);
}
