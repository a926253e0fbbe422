package io.collimator.engine.cli;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.MappingCoverage;
import io.collimator.mapping.MappingSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The golden cases of a mapping: {@code cases/NAME/message.hl7} and {@code expected.json}. */
final class MappingCases {

    private static final String FOLDER = "cases/";
    private static final String MESSAGE = "/message.hl7";

    private MappingCases() {}

    static List<String> names(MappingSet mapping) {
        return messages(mapping)
                .map(name -> name.substring(FOLDER.length(), name.length() - MESSAGE.length()))
                .toList();
    }

    /** @param home the option that names the home, with a blank before it, or "" */
    static String takeOver(String home) {
        return "Where the new result of a golden case is right: bin/collimator map%s --update-case NAME... or --update-failed takes it over."
                .formatted(home);
    }

    /** @param stations AE titles of the registry */
    static MappingCoverage coverage(MappingSet mapping, Set<String> stations) {
        List<Hl7Message> read = new ArrayList<>();
        messages(mapping).map(name -> mapping.files().text(name).orElse("")).forEach(text -> {
            try {
                read.add(Hl7Message.parse(text.replaceAll("\\r?\\n", "\r").getBytes(StandardCharsets.UTF_8)));
            } catch (Hl7RejectedException unreadable) {
                // such a case tests the refusal; it has no rule to hit
                read.removeIf(any -> false);
            }
        });
        return mapping.coverage(read, stations);
    }

    private static Stream<String> messages(MappingSet mapping) {
        return mapping.files().texts().keySet().stream()
                .filter(name -> name.startsWith(FOLDER) && name.endsWith(MESSAGE));
    }
}
