package io.collimator.engine.wiring;

import io.collimator.camel.allow.RouteChecker;
import io.collimator.camel.allow.RouteFile;
import io.collimator.camel.allow.RouteFinding;
import io.collimator.camel.allow.RouteRules;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.Archives;
import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.DataFolder;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import io.collimator.engine.config.IgnoredFiles;
import io.collimator.engine.config.Problem;
import io.collimator.engine.config.Receivers;
import io.collimator.engine.reload.BrokenMappingException;
import io.collimator.engine.reload.SetCheck;
import io.collimator.mapping.MappingProblem;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.Utf8Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What analysts and administrators wrote, read and found to be in order as a whole.
 *
 * @param failedTrials what golden cases expect of the mapping and it does not do, and templates whose messages would not leave
 * @param warnings that do not keep the engine from starting
 */
public record HomeContents(
        Home home,
        EngineSettings settings,
        ApplicationEntities peers,
        Archives archives,
        MappingSet mapping,
        List<RouteFile> routes,
        List<Problem> failedTrials,
        List<Problem> warnings) {

    private static final String ROUTE_ENDING = ".camel.yaml";

    public HomeContents {
        routes = List.copyOf(routes);
        failedTrials = List.copyOf(failedTrials);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks settings, peers, routes, mapping and tables; starts nothing.
     *
     * @param environment variables that override the file
     * @param overrides values by key that override both
     * @throws ConfigurationException with every problem of all of them
     */
    public static HomeContents load(Path root, Map<String, String> environment, Map<String, String> overrides) {
        Home home = Home.of(root);
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>(EngineSettings.unknownVariables(environment));
        Optional<EngineSettings> settings = attempt(() -> EngineSettings.load(home, environment, overrides), problems);
        Optional<ApplicationEntities> peers = attempt(() -> ApplicationEntities.load(home), problems)
                .map(read ->
                        settings.map(known -> read.by(known.dicom().titles())).orElse(read));
        Optional<Archives> archives = attempt(() -> Archives.load(home, peers), problems);
        Archives.ofListedDefault(home, environment, overrides, peers).ifPresent(problems::add);
        Optional<MappingSet> mapping = attempt(() -> SetCheck.of(settings).read(home.mapping()), problems);
        ReceiverRoutes routes = new ReceiverRoutes(
                settings.map(EngineSettings::receivers).orElse(Receivers.NONE),
                attempt(() -> routeFiles(home, problems), problems).orElse(List.of()));
        if (settings.isPresent() && mapping.isPresent()) {
            Set<String> templates = SetCheck.templatesOf(mapping.get()).names();
            problems.addAll(routes.unknownTemplates(templates));
            checkRoutes(routes, PublishedToRoutes.rules(settings.get(), templates), problems, warnings);
        }
        mapping.ifPresent(valid -> valid.warnings().forEach(warning -> warnings.add(problem(warning))));
        List<Problem> failedTrials = mapping.map(SetCheck::failedTrials).orElse(List.of()).stream()
                .map(HomeContents::problem)
                .toList();
        warnings.addAll(IgnoredFiles.of(home));
        settings.ifPresent(known -> warnings.addAll(DataFolder.openToOthers(known.dataFolder())));
        if (settings.isPresent() && peers.isPresent()) {
            warnings.addAll(ArchiveTrust.warnings(settings.get(), peers.get(), archives.orElse(Archives.NONE)));
            warnings.addAll(Listeners.peerWarnings(settings.get(), peers.get()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new HomeContents(
                home,
                settings.orElseThrow(),
                peers.orElseThrow(),
                archives.orElseThrow(),
                mapping.orElseThrow(),
                routes.files(),
                failedTrials,
                warnings);
    }

    /** The route files to run: one that is written for receivers is there once for each. */
    List<RouteFile> routesToRun() {
        return new ReceiverRoutes(settings.receivers(), routes).toRun();
    }

    private static <T> Optional<T> attempt(Supplier<T> part, List<Problem> problems) {
        try {
            return Optional.of(part.get());
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        } catch (BrokenMappingException e) {
            e.findings().forEach(finding -> problems.add(problem(finding)));
        }
        return Optional.empty();
    }

    /** A finding of the mapping in the words of the home. */
    public static Problem problem(MappingProblem finding) {
        return new Problem(finding.file(), finding.line(), finding.field(), finding.found(), finding.fix());
    }

    private static List<RouteFile> routeFiles(Home home, List<Problem> problems) {
        List<RouteFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(home.routes())) {
            List<Path> sorted = paths.filter(
                            path -> path.getFileName().toString().endsWith(ROUTE_ENDING))
                    .sorted()
                    .toList();
            for (Path path : sorted) {
                Utf8Text read = Utf8Text.of(Files.readAllBytes(path));
                files.add(new RouteFile(home.nameOf(path), read.text()));
                read.fault()
                        .ifPresent(fault -> problems.add(new Problem(
                                home.nameOf(path), fault.line(), "text", fault.found(), Utf8Text.Fault.FIX)));
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(new Problem(home.nameOf(home.routes()), 0, "", "", "cannot be read (%s).".formatted(e))));
        }
        if (files.isEmpty()) {
            throw new ConfigurationException(List.of(new Problem(
                    home.nameOf(home.routes()), 0, "", "", "has no file that ends in %s.".formatted(ROUTE_ENDING))));
        }
        return files;
    }

    private static void checkRoutes(
            ReceiverRoutes routes, RouteRules rules, List<Problem> problems, List<Problem> warnings) {
        List<Problem> unfilled = routes.problems();
        problems.addAll(unfilled);
        if (!unfilled.isEmpty()) {
            return; // they would all be found again as settings that there are not
        }
        Set<Problem> seen = new HashSet<>();
        for (RouteFinding finding : new RouteChecker(rules).check(routes.toCheck())) {
            Problem problem =
                    new Problem(finding.file(), finding.line(), finding.field(), finding.value(), finding.fix());
            // what is wrong in the file of the receivers is so for each of them
            if (seen.add(problem)) {
                (finding.isError() ? problems : warnings).add(problem);
            }
        }
    }
}
