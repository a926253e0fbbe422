package io.collimator.workflow.version;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole mapping as it ran from a time on.
 *
 * @param number from 1, without gaps
 * @param by who changed it: the user of the login, or {@code start} when the engine found it at its start
 * @param comment of whoever changed it; may be empty
 * @param digest of all names and texts; the same set has the same one
 * @param changes what differs from the version before, one file a line, for people
 * @param files text by name relative to the mapping folder, sorted; empty in a list of versions
 */
public record MappingVersion(
        int number, Instant at, String by, String comment, String digest, String changes, Map<String, String> files) {

    public MappingVersion {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
}
