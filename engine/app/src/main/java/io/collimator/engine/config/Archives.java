package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.order.SentFields;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which archive a commitment request goes to, where it is not the usual one. Immutable. */
public record Archives(List<Row> rows) {

    public static final Archives NONE = new Archives(List.of());

    static final String ROOT = "archives";

    /**
     * An archive and what it keeps.
     *
     * @param line of the file, from 1
     * @param stations AE titles as they are registered
     */
    public record Row(AeTitle archive, int line, Set<AeTitle> stations, Senders senders) {

        public Row {
            stations = Set.copyOf(stations);
        }

        /** Where it stands in the file. */
        public String field() {
            return ROOT + "." + archive;
        }
    }

    /**
     * Who sent an order: where both are given, both must fit. Case does not count.
     *
     * @param applications MSH-3.1, in upper case; empty: any
     * @param facilities MSH-4.1, in upper case; empty: any
     */
    record Senders(Set<String> applications, Set<String> facilities) {

        Senders {
            applications = upperCase(applications);
            facilities = upperCase(facilities);
        }

        private static Set<String> upperCase(Set<String> names) {
            return names.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }

        /** Of two that fit the one that says more counts, and MSH-3 says more than MSH-4; 0: nobody is meant. */
        int weight() {
            return (applications.isEmpty() ? 0 : 2) + (facilities.isEmpty() ? 0 : 1);
        }

        /** Whether an order may fit both, and neither says more. */
        boolean collideWith(Senders other) {
            return weight() > 0
                    && weight() == other.weight()
                    && (applications.isEmpty() || !Collections.disjoint(applications, other.applications))
                    && (facilities.isEmpty() || !Collections.disjoint(facilities, other.facilities));
        }

        private boolean fit(SentFields order) {
            return weight() > 0
                    && fits(applications, order.sendingApplication())
                    && fits(facilities, order.sendingFacility());
        }

        private static boolean fits(Set<String> names, String name) {
            return names.isEmpty() || names.contains(name.toUpperCase(Locale.ROOT));
        }
    }

    public Archives {
        rows = List.copyOf(rows);
    }

    /**
     * Reads {@code config/archives.yaml}; none when there is no such file.
     *
     * @param peers empty when they cannot be read: then nobody knows who is registered
     * @throws ConfigurationException with every problem of the file
     */
    public static Archives load(Home home, Optional<ApplicationEntities> peers) {
        return Files.exists(home.archives()) ? new ArchivesFile(home, peers).read() : NONE;
    }

    /** What is wrong with {@code collimator.archive} when it holds a list; a title with such characters is registered. */
    public static Optional<Problem> ofListedDefault(
            Home home,
            Map<String, String> environment,
            Map<String, String> overrides,
            Optional<ApplicationEntities> peers) {
        return SettingsSource.read(home, environment, overrides, new ArrayList<>())
                .find(ArchiveSettings.KEY)
                .filter(entry -> OneValue.isList(
                        entry.value(), part -> AeTitle.parse(part).isPresent()))
                .filter(entry -> AeTitle.parse(entry.value())
                        .filter(title ->
                                peers.isEmpty() || peers.get().find(title).isPresent())
                        .isEmpty())
                .map(
                        entry -> new Problem(
                                entry.file(),
                                entry.line(),
                                entry.field(),
                                entry.value(),
                                "is a list where one AE title is meant; name the archive of all who have no other one here, and write the others into config/archives.yaml, by station or by sender."));
    }

    /** The archive of the row that names the station, an AE title as it is registered. */
    public Optional<AeTitle> ofStation(AeTitle station) {
        return rows.stream()
                .filter(row -> row.stations().contains(station))
                .map(Row::archive)
                .findFirst();
    }

    public boolean nameSenders() {
        return rows.stream().anyMatch(row -> row.senders().weight() > 0);
    }

    /** The archive of the row that fits who sent the order. */
    public Optional<AeTitle> ofOrder(SentFields order) {
        return rows.stream()
                .filter(row -> row.senders().fit(order))
                .max(Comparator.comparingInt(row -> row.senders().weight()))
                .map(Row::archive);
    }
}
