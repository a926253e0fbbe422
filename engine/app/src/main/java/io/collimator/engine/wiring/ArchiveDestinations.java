package io.collimator.engine.wiring;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Each archive is a destination of its own: the usual one by the plain name, the others with their AE title behind it. */
record ArchiveDestinations(Map<AeTitle, Destination> byTitle) {

    private static final String FURTHER = Destinations.ARCHIVE + "-";

    ArchiveDestinations {
        byTitle = Map.copyOf(byTitle);
    }

    static ArchiveDestinations of(HomeContents contents, Destinations destinations) {
        return new ArchiveDestinations(names(contents).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> destinations.add(entry.getValue()))));
    }

    static boolean isOne(String destination, HomeContents contents) {
        return names(contents).containsValue(destination);
    }

    private static Map<AeTitle, String> names(HomeContents contents) {
        Map<AeTitle, String> names = new LinkedHashMap<>();
        names.put(contents.peers().registered(contents.settings().archive().archive()), Destinations.ARCHIVE);
        contents.archives().rows().forEach(row -> names.putIfAbsent(row.archive(), FURTHER + row.archive()));
        return names;
    }

    Destination of(AeTitle archive) {
        return Objects.requireNonNull(byTitle.get(archive), () -> archive + " is asked and is no archive");
    }

    /** Empty for what is no archive. */
    Optional<AeTitle> titleOf(Destination destination) {
        return byTitle.entrySet().stream()
                .filter(entry -> entry.getValue() == destination)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
