package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which AE titles are taken for one another.
 *
 * @param aliases titles that peers may call us by, besides our own
 * @param caseSensitive whether case counts (PS3.5 §6.2, VR AE, says that it does)
 */
public record AeTitleRules(Set<AeTitle> aliases, boolean caseSensitive) {

    /** By the standard, without aliases. */
    static final AeTitleRules STANDARD = new AeTitleRules(Set.of(), true);

    public AeTitleRules {
        aliases = Set.copyOf(aliases);
    }

    /** Whether a peer that calls this title means us. */
    boolean isOurs(AeTitle called, AeTitle own) {
        String wanted = key(called);
        return wanted.equals(key(own))
                || aliases.stream().anyMatch(alias -> key(alias).equals(wanted));
    }

    /** The same for titles that are one another's. */
    String key(AeTitle title) {
        return caseSensitive ? title.value() : title.value().toUpperCase(Locale.ROOT);
    }

    static Optional<Set<AeTitle>> titles(String text) {
        Set<AeTitle> titles = new LinkedHashSet<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                Optional<AeTitle> title = AeTitle.parse(part);
                if (title.isEmpty()) {
                    return Optional.empty();
                }
                titles.add(title.get());
            }
        }
        return Optional.of(titles);
    }
}
