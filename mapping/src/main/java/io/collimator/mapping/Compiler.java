package io.collimator.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns files into a set that runs; collects every problem. Used once. */
final class Compiler {

    private static final String PREFIX = "mapping/";
    private static final String SENDERS = "senders.yaml";
    private static final String AUTHORITIES = "tables/" + AuthorityTable.NAME + ".csv";
    private static final String ORDER_CONTROL = "tables/" + OrderControlTable.NAME + ".csv";

    private final MappingFiles files;
    private final List<MappingProblem> problems = new ArrayList<>();
    private final List<MappingProblem> warnings = new ArrayList<>();

    Compiler(MappingFiles files) {
        this.files = files;
    }

    /** Every problem of files that cannot run as they are: some are to be saved in another way first. */
    static List<MappingProblem> problems(MappingFiles files) {
        try {
            new Compiler(files).compile();
            return List.of();
        } catch (MappingException e) {
            return e.problems();
        }
    }

    /** @throws MappingException with every problem */
    MappingSet.Compiled compile() {
        Map<String, ValueTable> tables = tables();
        OrderControlTable orderControl = files.text(ORDER_CONTROL)
                .map(text -> OrderControlTable.read(PREFIX + ORDER_CONTROL, text, problems))
                .orElseGet(OrderControlTable::empty);
        List<DefinitionFile> definitionFiles = definitionFiles(tables);
        boolean allAreRead =
                definitionFiles.size() == files.names("definitions/").size();
        Layers layers = new Layers(definitionFiles, allAreRead, problems);
        SenderProfiles senders = senders(layers);
        AuthorityTable authorities = files.text(AUTHORITIES)
                .map(text -> AuthorityTable.read(PREFIX + AUTHORITIES, text, problems))
                .orElseGet(AuthorityTable::empty);
        problems.addAll(authorities.withoutSender(
                senders.all().stream().map(SenderProfile::name).collect(Collectors.toSet())));
        Map<String, Map<String, Definition>> definitions = definitions(layers, senders);
        if (problems.isEmpty() && definitions.values().stream().allMatch(Map::isEmpty)) {
            problems.add(new MappingProblem(
                    "mapping/definitions",
                    0,
                    "folder",
                    "",
                    "There is no definition; put one with the ending .yaml here."));
        }
        if (!problems.isEmpty()) {
            throw new MappingException(problems);
        }
        warnings.addAll(new CellCheck(definitions).warnings());
        return new MappingSet.Compiled(
                Map.copyOf(tables), orderControl, authorities, senders, Map.copyOf(definitions), List.copyOf(warnings));
    }

    private Map<String, ValueTable> tables() {
        Map<String, ValueTable> tables = new HashMap<>();
        for (String name : files.names("tables/")) {
            if (!name.equals(ORDER_CONTROL) && !name.equals(AUTHORITIES)) {
                String table = name.substring("tables/".length(), name.length() - ".csv".length());
                new TableReader(PREFIX + name, problems)
                        .read(table, files.text(name).orElseThrow())
                        .ifPresentOrElse(
                                read -> tables.put(table, read),
                                () -> tables.put(table, ValueTable.unreadable(table, PREFIX + name)));
            }
        }
        return tables;
    }

    private List<DefinitionFile> definitionFiles(Map<String, ValueTable> tables) {
        List<DefinitionFile> definitions = new ArrayList<>();
        for (String name : files.names("definitions/")) {
            new DefinitionReader(PREFIX + name, tables, problems)
                    .read(files.text(name).orElseThrow())
                    .ifPresent(definitions::add);
        }
        return definitions;
    }

    private SenderProfiles senders(Layers layers) {
        List<SenderProfile> profiles = files.text(SENDERS)
                .map(text -> new SenderReader(PREFIX + SENDERS, layers.overlays(), problems, warnings).read(text))
                .orElseGet(List::of);
        return new SenderProfiles(profiles);
    }

    private Map<String, Map<String, Definition>> definitions(Layers layers, SenderProfiles senders) {
        Map<String, Map<String, Definition>> byOverlay = new HashMap<>();
        Map<String, Map<String, Definition>> byProfile = new HashMap<>();
        for (SenderProfile profile : senders.all()) {
            Map<String, Definition> effective = byOverlay.computeIfAbsent(profile.overlay(), layers::effective);
            byProfile.put(profile.name(), Map.copyOf(withAccession(effective, profile)));
        }
        layers.overlays().stream()
                .filter(overlay -> !byOverlay.containsKey(overlay))
                .forEach(overlay -> {
                    layers.effective(overlay);
                    warnings.add(new MappingProblem(
                            layers.fileOf(overlay),
                            0,
                            "overlay",
                            overlay,
                            "No block of mapping/senders.yaml has this overlay, so its rules never run; write overlay: %s into one."
                                    .formatted(overlay)));
                });
        return byProfile;
    }

    private static Map<String, Definition> withAccession(Map<String, Definition> effective, SenderProfile profile) {
        if (profile.accessionFrom().isEmpty()) {
            return effective;
        }
        List<Source> sources = profile.accessionFrom().stream()
                .map(RuleReader::source)
                .flatMap(Optional::stream)
                .toList();
        Map<String, Definition> changed = new HashMap<>();
        effective.forEach((kind, definition) -> changed.put(kind, definition.withAccessionFrom(sources)));
        return changed;
    }
}
