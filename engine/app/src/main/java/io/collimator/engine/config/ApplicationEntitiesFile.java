package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity.Access;
import io.collimator.engine.config.ApplicationEntity.Service;
import io.collimator.mapping.EditDistance;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The YAML file of the registry. */
final class ApplicationEntitiesFile {

    private static final String ROOT = "applicationEntities";
    private static final String MISSING = "holds nothing; register the DICOM peers under %s.".formatted(ROOT);
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "description",
            "host",
            "port",
            "hosts",
            "services",
            "characterSet",
            "truncateWorklist",
            "archive",
            "simulated",
            "limits",
            "userIdentity"));
    private static final Map<String, Service> SERVICES =
            new TreeMap<>(Map.of("worklist", Service.WORKLIST, "mpps", Service.MPPS, "commitment", Service.COMMITMENT));

    private final Home home;
    private final List<Problem> problems = new ArrayList<>();

    ApplicationEntitiesFile(Home home) {
        this.home = home;
    }

    ApplicationEntities read() {
        List<ApplicationEntity> entities = new ArrayList<>();
        YamlFile.read(home, home.applicationEntities(), MISSING, problems).ifPresent(root -> {
            root.allow(Set.of(ROOT));
            root.map(ROOT)
                    .ifPresent(list ->
                            list.keys().forEach(key -> readOne(list, key).ifPresent(entities::add)));
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new ApplicationEntities(entities);
    }

    private Optional<ApplicationEntity> readOne(YamlMap list, String key) {
        Optional<AeTitle> title = AeTitle.parse(key);
        if (title.isEmpty()) {
            list.report(key, "", "is no AE title; PS3.5 §6.2 allows 1 to 16 printable ASCII characters, no backslash.");
        }
        YamlMap entry = list.map(key).orElseThrow();
        entry.allow(KEYS);
        int before = problems.size();
        String host = entry.text("host");
        if (!host.isEmpty() && !Addresses.isHost(host)) {
            entry.report("host", host, OneValue.fix(host, Addresses::isHost, Addresses.HOST));
        }
        int port = entry.integer("port", 1, 65_535);
        boolean commitmentArchive = entry.map("archive").map(this::readArchive).orElse(false);
        if (host.isEmpty() != entry.text("port").isEmpty()) {
            entry.report("host", host, "needs a port, and a port needs a host; set both or none.");
        }
        if (commitmentArchive && host.isEmpty()) {
            entry.report("archive", "", "needs host and port: requests must reach the archive.");
        }
        Set<Service> services = services(entry);
        if (services.contains(Service.COMMITMENT) && host.isEmpty()) {
            entry.report("services", "commitment", "needs host and port: reports must reach the peer.");
        }
        CharacterSetEntry characterSet = CharacterSetEntry.read(entry);
        boolean truncateWorklist = entry.flag("truncateWorklist");
        boolean simulated = entry.flag("simulated");
        Access access = new Access(
                entry.map("limits").map(OwnLimits::read).orElse(OwnLimits.NONE),
                entry.map("userIdentity")
                        .map(user -> new PeerUserReader(home, user).read())
                        .orElse(PeerUser.ANY),
                PeerHosts.read(entry));
        if (title.isEmpty() || problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new ApplicationEntity(
                title.get(),
                entry.text("description"),
                host,
                port,
                services,
                characterSet.terms(),
                characterSet.fallback(),
                truncateWorklist,
                commitmentArchive,
                simulated,
                access));
    }

    private boolean readArchive(YamlMap archive) {
        archive.allow(Set.of("commitment"));
        return archive.flag("commitment");
    }

    private static Set<Service> services(YamlMap entry) {
        EnumSet<Service> services = EnumSet.noneOf(Service.class);
        for (String name : entry.texts("services")) {
            Service service = SERVICES.get(name.toLowerCase(Locale.ROOT));
            if (service == null) {
                entry.report(
                        "services",
                        name,
                        "is unknown; expected of %s.%s"
                                .formatted(
                                        String.join(", ", SERVICES.keySet()),
                                        EditDistance.hint(SERVICES.keySet(), name)));
            } else {
                services.add(service);
            }
        }
        return services;
    }
}
