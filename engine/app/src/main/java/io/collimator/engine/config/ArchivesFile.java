package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity.Service;
import io.collimator.engine.config.Archives.Row;
import io.collimator.engine.config.Archives.Senders;
import io.collimator.mapping.EditDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The YAML file of the archives. */
final class ArchivesFile {

    /** Each is a destination of its own, with a part of its own in {@code /health/ready}. */
    static final int MAX = 64;

    private static final String STATIONS = "stations";
    private static final String APPLICATIONS = "sendingApplication";
    private static final String FACILITIES = "sendingFacility";
    private static final Set<String> KEYS = new TreeSet<>(Set.of(STATIONS, APPLICATIONS, FACILITIES));
    private static final String EMPTY = "holds nothing; write \"archives: {}\" when there is one archive.";

    private final Home home;
    private final Optional<ApplicationEntities> peers;
    private final List<Problem> problems = new ArrayList<>();

    private final Map<AeTitle, String> rowOfArchive = new HashMap<>();
    private final Map<AeTitle, String> rowOfStation = new HashMap<>();

    ArchivesFile(Home home, Optional<ApplicationEntities> peers) {
        this.home = home;
        this.peers = peers;
    }

    Archives read() {
        List<Row> rows = new ArrayList<>();
        YamlFile.read(home, home.archives(), EMPTY, problems).ifPresent(root -> {
            root.allow(Set.of(Archives.ROOT));
            root.map(Archives.ROOT).ifPresent(list -> {
                if (list.keys().size() > MAX) {
                    root.report(
                            Archives.ROOT,
                            String.valueOf(list.keys().size()),
                            "are too many archives; at most %d are served.".formatted(MAX));
                }
                list.keys().stream().limit(MAX).forEach(key -> read(list, key, rows));
            });
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Archives(rows);
    }

    private void read(YamlMap list, String key, List<Row> rows) {
        int before = problems.size();
        Optional<AeTitle> archive = archive(list, key);
        YamlMap row = list.map(key).orElseThrow();
        row.allow(KEYS);
        Set<AeTitle> stations = stations(row, key);
        Senders senders = new Senders(names(row, APPLICATIONS), names(row, FACILITIES));
        rows.stream()
                .filter(other -> other.senders().collideWith(senders))
                .findFirst()
                .ifPresent(other -> {
                    String field = row.keys().contains(APPLICATIONS) ? APPLICATIONS : FACILITIES;
                    row.report(
                            field,
                            String.join(", ", row.texts(field)),
                            "means orders that row %s means too; leave each sender in one row."
                                    .formatted(other.archive()));
                });
        if (problems.size() == before && stations.isEmpty() && senders.weight() == 0) {
            list.report(
                    key,
                    "",
                    "says nothing of what is for it; list stations, or sendingApplication or sendingFacility of the orders, or take it out.");
        }
        archive.ifPresent(title -> rows.add(new Row(title, list.lineOf(key), stations, senders)));
    }

    private Optional<AeTitle> archive(YamlMap list, String key) {
        Optional<AeTitle> title = AeTitle.parse(key);
        if (peers.isPresent() && title.flatMap(peers.get()::find).isEmpty()) {
            list.report(
                    key,
                    "",
                    isList(key)
                            ? "is a list where one AE title is meant; give each archive a row of its own."
                            : "is not registered in config/application-entities.yaml; register it there with archive.commitment: true.%s"
                                    .formatted(hint(key, ApplicationEntity::commitmentArchive)));
            return title;
        }
        if (title.isEmpty()) {
            list.report(key, "", "is no AE title; expected %s.".formatted(ArchiveSettings.FORM));
            return title;
        }
        AeTitle registered = registered(title.get());
        if (peers.flatMap(known -> known.find(registered))
                .filter(peer -> !peer.commitmentArchive())
                .isPresent()) {
            list.report(
                    key,
                    "",
                    "is no archive; give it archive.commitment: true in config/application-entities.yaml, or name another one.");
        }
        String other = rowOfArchive.putIfAbsent(registered, key);
        if (other != null) {
            list.report(key, "", "is the archive of row %s too; write one row.".formatted(other));
        }
        return Optional.of(registered);
    }

    private Set<AeTitle> stations(YamlMap row, String key) {
        Set<AeTitle> stations = new LinkedHashSet<>();
        for (YamlMap.Item item : row.items(STATIONS)) {
            Optional<AeTitle> title = AeTitle.parse(item.text());
            wrong(item.text(), title).ifPresentOrElse(fix -> row.report(STATIONS, item, fix), () -> {
                AeTitle station = registered(title.orElseThrow());
                String other = rowOfStation.putIfAbsent(station, key);
                if (other != null) {
                    row.report(
                            STATIONS,
                            item,
                            "stands in row %s already; leave it in the row of its archive.".formatted(other));
                }
                stations.add(station);
            });
        }
        return stations;
    }

    /** Why no station is meant. */
    private Optional<String> wrong(String text, Optional<AeTitle> title) {
        Optional<ApplicationEntity> peer = title.flatMap(known -> peers.flatMap(all -> all.find(known)));
        if (peers.isPresent() && peer.isEmpty() && isList(text)) {
            return Optional.of("is a list where one AE title is meant; write [CT1, CT2], without quotes.");
        }
        if (title.isEmpty()) {
            return Optional.of("is no AE title; expected %s.".formatted(ArchiveSettings.FORM));
        }
        if (peers.isPresent() && peer.isEmpty()) {
            return Optional.of("is not registered in config/application-entities.yaml; register it, or take it out.%s"
                    .formatted(hint(text, ArchivesFile::asksForCommitment)));
        }
        return peer.filter(known -> !asksForCommitment(known))
                .map(
                        known ->
                                "may not ask for commitment; give it the service commitment in config/application-entities.yaml, or take it out.");
    }

    private static boolean asksForCommitment(ApplicationEntity peer) {
        return peer.services().contains(Service.COMMITMENT);
    }

    private Set<String> names(YamlMap row, String key) {
        Set<String> names = new TreeSet<>();
        for (YamlMap.Item item : row.items(key)) {
            if (item.text().isEmpty()) {
                row.report(key, item, "has an empty entry; write the name as the orders have it, or take it out.");
            } else {
                names.add(item.text());
            }
        }
        return names;
    }

    private AeTitle registered(AeTitle title) {
        return peers.map(known -> known.registered(title)).orElse(title);
    }

    private String hint(String text, Predicate<ApplicationEntity> meant) {
        return EditDistance.hint(
                peers.orElseThrow().all().stream()
                        .filter(meant)
                        .map(peer -> peer.title().value())
                        .toList(),
                text);
    }

    private static boolean isList(String text) {
        return OneValue.isList(text, part -> AeTitle.parse(part).isPresent());
    }
}
