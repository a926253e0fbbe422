package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;

/**
 * Changes of the mapping while the engine runs.
 *
 * @param maxSetBytes of a request that sends a mapping; a longer one is answered 413
 * @param historyVersions that are kept; the oldest go first
 * @param compareMessages received last, on which a changed mapping is tried; 0: none
 */
public record MappingChangeSettings(int maxSetBytes, int historyVersions, int compareMessages) {

    /** More would hold up whoever waits for the answer. */
    public static final int MAX_COMPARED = 5_000;

    static MappingChangeSettings read(SettingsReader in) {
        in.section("Mapping");
        return new MappingChangeSettings(
                in.integer(
                        "collimator.mapping.max-set-bytes",
                        4_194_304,
                        new Range(65_536, 67_108_864, "bytes"),
                        "Largest request that brings a mapping to apply or to compare."),
                in.integer(
                        "collimator.mapping.history-versions",
                        200,
                        new Range(2, 10_000, "versions"),
                        "Versions of the mapping that are kept for history and rollback."),
                in.integer(
                        "collimator.mapping.compare-messages",
                        200,
                        new Range(0, MAX_COMPARED, "messages"),
                        "How many of the messages received last a changed mapping is tried on before it is applied."));
    }
}
