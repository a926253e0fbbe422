package io.collimator.engine.config;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import io.collimator.mapping.EditDistance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code characterSet} of a peer: the defined terms themselves, or a mapping of {@code terms} and {@code fallback}.
 *
 * @param terms defined terms of (0008,0005) that it can read; empty: what its query declares
 */
record CharacterSetEntry(String terms, Fallback fallback) {

    private static final String KEY = "characterSet";
    private static final String TERMS = "terms";
    private static final String FALLBACK = "fallback";

    /** ASCII, which (0008,0005) names by holding nothing. */
    private static final String ASCII = "ISO_IR 6";

    static CharacterSetEntry read(YamlMap entry) {
        if (!entry.isMap(KEY)) {
            return new CharacterSetEntry(terms(entry, KEY), Fallback.UTF8);
        }
        YamlMap text = entry.map(KEY).orElseThrow();
        text.allow(new TreeSet<>(Set.of(TERMS, FALLBACK)));
        return new CharacterSetEntry(terms(text, TERMS), fallback(text));
    }

    private static String terms(YamlMap entry, String key) {
        String terms = entry.text(key);
        List<String> values = List.of(terms.split("\\\\", -1));
        boolean isKnown = terms.isEmpty() || terms.equals(ASCII) || SpecificCharacterSet.isWellNamed(values);
        if (!isKnown) {
            entry.report(
                    key,
                    terms,
                    "is not supported; expected defined terms of (0008,0005) such as ISO_IR 100, ISO_IR 192 or ISO 2022 IR 6\\ISO 2022 IR 87."
                            + meant(terms));
        }
        return terms;
    }

    /** What a misspelt term is read as. */
    private static String meant(String terms) {
        return SpecificCharacterSet.ofTerm(terms)
                .map(set ->
                        " Did you mean %s?".formatted(set.terms().isEmpty() ? ASCII : String.join("\\", set.terms())))
                .orElse("");
    }

    private static Fallback fallback(YamlMap text) {
        String name = text.text(FALLBACK);
        List<String> known =
                Arrays.stream(Fallback.values()).map(Fallback::label).toList();
        Optional<Fallback> fallback = Arrays.stream(Fallback.values())
                .filter(one -> one.label().equals(name))
                .findFirst();
        if (fallback.isEmpty() && !name.isEmpty()) {
            text.report(
                    FALLBACK,
                    name,
                    "is unknown; expected one of %s.%s"
                            .formatted(String.join(", ", known), EditDistance.hint(known, name)));
        }
        return fallback.orElse(Fallback.UTF8);
    }
}
