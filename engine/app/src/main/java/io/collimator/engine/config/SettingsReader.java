package io.collimator.engine.config;

import io.collimator.mapping.EditDistance;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings and declares them in the same breath: the key, its default, its range and its meaning stand once, where
 * the value is used. A bad value becomes a problem and the default is read on, so that all problems show together.
 */
final class SettingsReader {

    /**
     * A key as the generated file shows it.
     *
     * @param section heading of the group it belongs to
     * @param defaultText empty when there is none
     * @param range unit and allowed values, empty when any text will do
     */
    record Declaration(String section, String key, String defaultText, String range, String meaning) {}

    /** Smallest and largest allowed value and what is counted. */
    record Range(int min, int max, String unit) {
        @Override
        public String toString() {
            return unit + ", " + min + " to " + max;
        }
    }

    private final SettingsSource source;
    private final List<Problem> problems;
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private String section = "";

    SettingsReader(SettingsSource source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    List<Declaration> declarations() {
        return List.copyOf(declarations.values());
    }

    /** Every key with the value that counts, as text, defaults included; no passwords. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Starts a group of keys. */
    SettingsReader section(String heading) {
        section = heading;
        return this;
    }

    String text(String key, String defaultText, String meaning) {
        declare(key, defaultText, "", meaning);
        String value = source.find(key)
                .map(SettingsSource.Entry::value)
                .filter(found -> !found.isEmpty())
                .orElse(defaultText);
        if (!isSecret(key)) {
            values.put(key, value);
        }
        return value;
    }

    /** A text of a form: {@code parse} returns empty when it is none. */
    <T> T parsed(String key, String defaultText, String form, Function<String, Optional<T>> parse, String meaning) {
        declare(key, defaultText, form, meaning);
        T fallback = parse.apply(defaultText)
                .orElseThrow(() -> new IllegalStateException("The default of " + key + " breaks its own form."));
        values.put(key, defaultText);
        Optional<SettingsSource.Entry> entry = given(key);
        if (entry.isEmpty()) {
            return fallback;
        }
        Optional<T> value = parse.apply(entry.get().value());
        if (value.isEmpty()) {
            problem(entry.get(), fix(entry.get().value(), parse, form), key);
            return fallback;
        }
        values.put(key, entry.get().value());
        return value.get();
    }

    private static <T> String fix(String text, Function<String, Optional<T>> parse, String form) {
        // where several are taken, that they are several is not what is wrong
        List<String> parts = OneValue.parts(text);
        boolean takesSeveral = !parts.isEmpty()
                && parse.apply(String.join(",", parts) + "," + parts.get(0)).isPresent();
        return OneValue.fix(text, part -> !takesSeveral && parse.apply(part).isPresent(), form);
    }

    int integer(String key, int defaultValue, Range range, String meaning) {
        declare(key, Integer.toString(defaultValue), range.toString(), meaning);
        values.put(key, Integer.toString(defaultValue));
        Optional<SettingsSource.Entry> entry = given(key);
        if (entry.isEmpty()) {
            return defaultValue;
        }
        try {
            int value = Integer.parseInt(entry.get().value());
            if (value >= range.min() && value <= range.max()) {
                values.put(key, Integer.toString(value));
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers out of range
        }
        problem(
                entry.get(),
                OneValue.fix(
                        entry.get().value(), part -> part.matches("[0-9]+"), "a whole number (%s)".formatted(range)),
                key);
        return defaultValue;
    }

    int port(String key, int defaultValue, String meaning) {
        return integer(key, defaultValue, new Range(0, 65_535, "port, 0 for any free one"), meaning);
    }

    /** The unit is the end of the key: {@code -millis}, {@code -seconds}, {@code -minutes} or {@code -days}. */
    Duration duration(String key, int defaultValue, int max, String meaning) {
        String unit = key.substring(key.lastIndexOf('-') + 1);
        int amount = integer(key, defaultValue, new Range(1, max, unit), meaning);
        return switch (unit) {
            case "millis" -> Duration.ofMillis(amount);
            case "seconds" -> Duration.ofSeconds(amount);
            case "minutes" -> Duration.ofMinutes(amount);
            case "days" -> Duration.ofDays(amount);
            default -> throw new IllegalStateException(key + " does not end in its unit.");
        };
    }

    /** Values with commas between them. */
    <T> List<T> list(String key, String defaultText, String form, Function<String, Optional<T>> parse, String meaning) {
        return parsed(
                key,
                defaultText,
                form + ", with commas between them",
                text -> {
                    List<T> values = new ArrayList<>();
                    for (String part : Arrays.asList(text.split(",", -1))) {
                        Optional<T> value = parse.apply(part.strip());
                        if (value.isEmpty()) {
                            return Optional.empty();
                        }
                        values.add(value.get());
                    }
                    return Optional.of(List.copyOf(values));
                },
                meaning);
    }

    /** For {@link #parsed}: the text {@code true} or {@code false}. */
    static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }

    /** Empty text is the system's zone. */
    ZoneId zone(String key, String meaning) {
        return parsed(
                key,
                "",
                "a zone such as Europe/Berlin; empty: the system's",
                text -> {
                    try {
                        return Optional.of(text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text));
                    } catch (DateTimeException e) {
                        return Optional.empty();
                    }
                },
                meaning);
    }

    /** Reports keys of the file and of the caller that nobody declared. */
    void reportUnknownKeys() {
        for (SettingsSource.Entry entry : source.fileEntries()) {
            if (!declarations.containsKey(entry.field())) {
                problem(entry, "is no setting." + nearest(entry.field()), entry.field());
            }
        }
        for (String key : source.overrideKeys()) {
            if (!declarations.containsKey(key)) {
                problems.add(new Problem("override", 0, key, "", "is no setting." + nearest(key)));
            }
        }
    }

    /** An empty value is the same as none. */
    private Optional<SettingsSource.Entry> given(String key) {
        return source.find(key).filter(entry -> !entry.value().isEmpty());
    }

    private static boolean isSecret(String key) {
        return key.endsWith("password");
    }

    private String nearest(String key) {
        return EditDistance.nearest(declarations.keySet(), key)
                .map(known -> " Did you mean " + known + "?")
                .orElse(" Remove it; config/application.properties lists every key.");
    }

    private void problem(SettingsSource.Entry entry, String fix, String key) {
        // a misspelt password key is still a password
        boolean secret = key.contains("passw");
        // the options of a URL may hold one
        String shown = secret ? "…" : key.endsWith(".url") ? entry.value().split("\\?", 2)[0] : entry.value();
        problems.add(new Problem(entry.file(), entry.line(), entry.field(), shown, fix));
    }

    private void declare(String key, String defaultText, String range, String meaning) {
        Declaration declaration = new Declaration(section, key, defaultText, range, meaning);
        if (declarations.putIfAbsent(key, declaration) != null) {
            throw new IllegalStateException(key + " is declared twice.");
        }
    }
}
