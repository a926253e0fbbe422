package io.collimator.engine.config;

import io.collimator.mapping.EditDistance;
import io.collimator.mapping.MappingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of a home that look as if they were meant to count, and do not: nobody reads a file of another name. */
public final class IgnoredFiles {

    private static final String ROUTE_ENDING = ".camel.yaml";
    private static final List<String> MAPPING_FOLDERS = List.of("definitions", "tables", "templates", "cases");
    private static final Set<String> CONFIG = Set.of(
            "application.properties", "application-entities.yaml", "archives.yaml", "receivers.yaml", "logback.xml");

    /** Other files of config may be anything that a setting names. */
    private static final Pattern CONFIGURATION = Pattern.compile(".*\\.(?:yaml|yml|properties)");

    /** Remarks, and what editors and systems leave behind. */
    private static final Pattern BESIDE = Pattern.compile("\\..*|.*~|.*\\.(?:md|txt)");

    private static final int DEPTH = 3;
    private static final int MAX_WARNINGS = 50;

    private final Home home;
    private final List<Problem> warnings = new ArrayList<>();

    private IgnoredFiles(Home home) {
        this.home = home;
    }

    /** A warning for each, the first 50. */
    public static List<Problem> of(Home home) {
        IgnoredFiles ignored = new IgnoredFiles(home);
        ignored.look(
                home.routes(),
                path -> home.routes().equals(path.getParent())
                        && path.toString().endsWith(ROUTE_ENDING),
                "is not read: a route is a file routes/NN-verb-noun.camel.yaml. Rename it, or take it away.");
        for (String folder : MAPPING_FOLDERS) {
            ignored.look(
                    home.mapping().resolve(folder),
                    path -> MappingFiles.isTaken(
                            home.mapping().relativize(path).toString().replace('\\', '/')),
                    "is not read: a mapping has definitions/*.yaml, tables/*.csv, templates/*.hl7, cases/NAME/message.hl7 and cases/NAME/expected.json. Rename it, or take it away.");
        }
        ignored.lookBeside(home.mapping(), Set.of("senders.yaml"));
        ignored.lookBeside(home.config(), CONFIG);
        return ignored.warnings.stream().limit(MAX_WARNINGS).toList();
    }

    private void look(Path folder, Predicate<Path> isRead, String fix) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            files.filter(Files::isRegularFile)
                    .filter(path -> !isBeside(path))
                    .filter(path -> !isRead.test(path))
                    .sorted()
                    .limit(MAX_WARNINGS)
                    .forEach(path -> warnings.add(new Problem(home.nameOf(path), 0, "", "", fix)));
        } catch (IOException | java.io.UncheckedIOException e) {
            warnings.add(new Problem(
                    home.nameOf(folder), 0, "", "", "cannot be looked through (%s); make it readable.".formatted(e)));
        }
    }

    private void lookBeside(Path folder, Set<String> known) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> CONFIGURATION.matcher(name).matches() && !known.contains(name))
                    .filter(name -> !BESIDE.matcher(name).matches())
                    .sorted()
                    .limit(MAX_WARNINGS)
                    .forEach(name -> warnings.add(new Problem(
                            home.nameOf(folder.resolve(name)),
                            0,
                            "",
                            "",
                            "is not read.%s Rename it, or take it away.".formatted(EditDistance.hint(known, name)))));
        } catch (IOException e) {
            warnings.add(new Problem(
                    home.nameOf(folder), 0, "", "", "cannot be looked through (%s); make it readable.".formatted(e)));
        }
    }

    /** Also in a folder that is. */
    private boolean isBeside(Path path) {
        for (Path part : home.root().relativize(path)) {
            if (BESIDE.matcher(part.toString()).matches()) {
                return true;
            }
        }
        return false;
    }
}
