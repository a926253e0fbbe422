package io.collimator.engine.config;

import io.collimator.mapping.Utf8Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where values come from: overrides of the caller, then the environment, then the file. The file has one
 * {@code key = value} a line in UTF-8, no escapes; lines that begin with {@code #} are comments.
 */
final class SettingsSource {

    static final String ENVIRONMENT = "environment";

    /** A value and where it was found. */
    record Entry(String file, int line, String field, String value) {}

    private final Map<String, Entry> file = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final Map<String, String> overrides;

    private SettingsSource(Map<String, String> environment, Map<String, String> overrides) {
        this.environment = Map.copyOf(environment);
        this.overrides = Map.copyOf(overrides);
    }

    static SettingsSource empty() {
        return new SettingsSource(Map.of(), Map.of());
    }

    static SettingsSource read(
            Home home, Map<String, String> environment, Map<String, String> overrides, List<Problem> problems) {
        SettingsSource source = new SettingsSource(environment, overrides);
        Path path = home.properties();
        if (Files.exists(path)) {
            source.readFile(path, home.nameOf(path), problems);
        }
        return source;
    }

    private void readFile(Path path, String name, List<Problem> problems) {
        List<String> lines;
        try {
            Utf8Text read = Utf8Text.of(Files.readAllBytes(path));
            lines = read.text().lines().toList();
            read.fault()
                    .ifPresent(fault ->
                            problems.add(new Problem(name, fault.line(), "text", fault.found(), Utf8Text.Fault.FIX)));
        } catch (IOException e) {
            problems.add(new Problem(name, 0, "", "", "cannot be read (%s).".formatted(e)));
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(name, i + 1, line, problems);
            }
        }
    }

    private void readLine(String name, int number, String line, List<Problem> problems) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            problems.add(new Problem(name, number, line, "", "is no setting; write key = value."));
            return;
        }
        String key = line.substring(0, equals).strip();
        Entry entry = new Entry(name, number, key, line.substring(equals + 1).strip());
        Entry first = file.putIfAbsent(key, entry);
        if (first != null) {
            problems.add(new Problem(
                    name,
                    number,
                    key,
                    entry.value(),
                    "is set already in line %d; remove one.".formatted(first.line())));
        }
    }

    Optional<Entry> find(String key) {
        String override = overrides.get(key);
        if (override != null) {
            return Optional.of(new Entry("override", 0, key, override));
        }
        String variable = variableOf(key);
        String value = environment.get(variable);
        // what sets variables from a template leaves those empty that nobody filled
        if (value != null && !value.isBlank()) {
            return Optional.of(new Entry(ENVIRONMENT, 0, variable, value.strip()));
        }
        return Optional.ofNullable(file.get(key));
    }

    Iterable<Entry> fileEntries() {
        return file.values();
    }

    Iterable<String> overrideKeys() {
        return overrides.keySet();
    }

    /** {@code collimator.mllp.port}: {@code COLLIMATOR_MLLP_PORT}. */
    static String variableOf(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
