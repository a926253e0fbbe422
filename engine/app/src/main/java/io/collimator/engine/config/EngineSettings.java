package io.collimator.engine.config;

import io.collimator.mapping.EditDistance;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that can be set by keys, and the receivers, read once at start.
 *
 * @param jms with the queues of the receivers too
 * @param dataFolder absolute
 * @param zone of times that carry none
 * @param values every key with the value that counts, as text; no passwords
 */
public record EngineSettings(
        MllpSettings mllp,
        Hl7Settings hl7,
        DicomSettings dicom,
        WorklistSettings worklist,
        ArchiveSettings archive,
        HttpSettings http,
        JmsSettings jms,
        StatusDeliverySettings statusDelivery,
        ResultsDeliverySettings resultsDelivery,
        ForwardingSettings forwarding,
        Receivers receivers,
        DatabaseSettings database,
        MappingChangeSettings mapping,
        RetentionSettings retention,
        Path dataFolder,
        ZoneId zone,
        Map<String, String> values) {

    public EngineSettings {
        values = Map.copyOf(values);
    }

    /**
     * Defaults, overridden by the home's file, overridden by the environment, overridden by the caller.
     *
     * @param overrides values by key
     * @throws ConfigurationException with every unknown key and every bad value
     */
    public static EngineSettings load(Home home, Map<String, String> environment, Map<String, String> overrides) {
        List<Problem> problems = new ArrayList<>();
        SettingsSource source = SettingsSource.read(home, environment, overrides, problems);
        SettingsReader reader = new SettingsReader(source, problems);
        EngineSettings settings = read(reader, home);
        reader.reportUnknownKeys();
        Receivers receivers = Receivers.load(home, settings, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings.with(receivers);
    }

    private EngineSettings with(Receivers further) {
        return new EngineSettings(
                mllp,
                hl7,
                dicom,
                worklist,
                archive,
                http,
                jms.withQueues(further.all().stream().map(Receiver::queue).toList()),
                statusDelivery,
                resultsDelivery,
                forwarding,
                further,
                database,
                mapping,
                retention,
                dataFolder,
                zone,
                values);
    }

    /** A warning for each {@code COLLIMATOR_…} of the environment that is no setting; the value, maybe a password, stays out. */
    public static List<Problem> unknownVariables(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(SettingsSource.empty(), new ArrayList<>());
        read(reader, new Home(Path.of("")));
        Set<String> known = new TreeSet<>(Set.of("COLLIMATOR_HOME", "COLLIMATOR_JAVA_OPTIONS"));
        reader.declarations().forEach(declared -> known.add(SettingsSource.variableOf(declared.key())));
        return environment.keySet().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith("COLLIMATOR_") && !known.contains(name))
                .sorted()
                .map(name -> new Problem(
                        SettingsSource.ENVIRONMENT,
                        0,
                        name,
                        "",
                        "is no setting and counts for nothing."
                                + EditDistance.nearest(known, name.toUpperCase(Locale.ROOT))
                                        .map(near -> " Did you mean %s?".formatted(near))
                                        .orElse(" config/application.properties lists every key.")))
                .toList();
    }

    static EngineSettings read(SettingsReader in, Home home) {
        return new EngineSettings(
                MllpSettings.read(in),
                Hl7Settings.read(in),
                DicomSettings.read(in),
                WorklistSettings.read(in),
                ArchiveSettings.read(in),
                HttpSettings.read(in),
                JmsSettings.read(in),
                StatusDeliverySettings.read(in),
                ResultsDeliverySettings.read(in),
                ForwardingSettings.read(in),
                Receivers.NONE,
                DatabaseSettings.read(in),
                MappingChangeSettings.read(in),
                RetentionSettings.read(in),
                home.root()
                        .resolve(in.section("Engine")
                                .text(
                                        "collimator.data-dir",
                                        "data",
                                        "Folder of database, broker journal, secrets and logs; relative to the home."))
                        .toAbsolutePath()
                        .normalize(),
                in.zone("collimator.time-zone", "Zone of times that carry none."),
                in.values());
    }
}
