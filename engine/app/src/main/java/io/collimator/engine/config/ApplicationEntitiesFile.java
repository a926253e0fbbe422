package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity.Access;
import io.collimator.engine.config.ApplicationEntity.Service;
import io.collimator.mapping.EditDistance;
import io.collimator.mapping.Utf8Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The YAML file of the registry. */
final class ApplicationEntitiesFile {

    private static final String ROOT = "applicationEntities";
    private static final int MAX_BYTES = 4 * 1024 * 1024;
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
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    ApplicationEntitiesFile(Home home) {
        this.home = home;
        this.file = home.nameOf(home.applicationEntities());
    }

    ApplicationEntities read() {
        List<ApplicationEntity> entities = new ArrayList<>();
        Optional<Node> document = parse();
        document.ifPresent(node -> {
            YamlMap root = new YamlMap(file, "", node, problems);
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

    private Optional<Node> parse() {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(MAX_BYTES);
            options.setMaxAliasesForCollections(0);
            Utf8Text read = Utf8Text.of(Files.readAllBytes(home.applicationEntities()));
            read.fault()
                    .ifPresent(fault ->
                            problems.add(new Problem(file, fault.line(), "text", fault.found(), Utf8Text.Fault.FIX)));
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(read.text()));
            if (node == null) {
                problems.add(new Problem(file, 0, ROOT, "", "is missing; register the DICOM peers under it."));
            }
            return Optional.ofNullable(node);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(file, line, "", "", "is no YAML: " + e.getProblem() + "."));
        } catch (IOException e) {
            problems.add(new Problem(file, 0, "", "", "cannot be read (%s).".formatted(e)));
        }
        return Optional.empty();
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
            entry.report("host", host, "is not valid; expected %s.".formatted(Addresses.HOST));
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
