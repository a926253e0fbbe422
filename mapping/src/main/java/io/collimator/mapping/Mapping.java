package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The definitions and tables of a site, checked and ready to run. Immutable; {@link #map} is a pure function, so that a
 * dry run and the real one give the same.
 */
public final class Mapping {

    private final Map<String, Definition> definitions;
    private final MappingSettings settings;

    private Mapping(Map<String, Definition> definitions, MappingSettings settings) {
        this.definitions = Map.copyOf(definitions);
        this.settings = settings;
    }

    /**
     * Reads {@code definitions/*.yaml} and {@code tables/*.csv}.
     *
     * @param folder the mapping folder of the home
     * @throws MappingException when anything is wrong; it names every problem with file and line
     */
    public static Mapping load(Path folder, MappingSettings settings) {
        List<MappingProblem> problems = new ArrayList<>();
        Map<String, ValueTable> tables = tables(folder, problems);
        Map<String, Definition> definitions = definitions(folder, tables, problems);
        if (!problems.isEmpty()) {
            throw new MappingException(problems);
        }
        return new Mapping(definitions, settings);
    }

    private static Map<String, ValueTable> tables(Path folder, List<MappingProblem> problems) {
        Map<String, ValueTable> tables = new HashMap<>();
        for (Path path : files(folder, "tables", ".csv", problems)) {
            String name = path.getFileName().toString().replaceFirst("\\.csv$", "");
            tables.put(name, new TableReader("mapping/tables/" + path.getFileName(), problems).read(name, path));
        }
        return tables;
    }

    private static Map<String, Definition> definitions(
            Path folder, Map<String, ValueTable> tables, List<MappingProblem> problems) {
        Map<String, Definition> definitions = new HashMap<>();
        List<Path> files = files(folder, "definitions", ".yaml", problems);
        for (Path path : files) {
            String file = "mapping/definitions/" + path.getFileName();
            new DefinitionReader(file, tables, problems).read(path).ifPresent(definition -> {
                for (String kind : definition.kinds()) {
                    Definition other = definitions.putIfAbsent(kind, definition);
                    if (other != null) {
                        problems.add(new MappingProblem(
                                file, 0, "messages", kind, other.file() + " is for it already; delete one."));
                    }
                }
            });
        }
        if (files.isEmpty() && problems.isEmpty()) {
            problems.add(new MappingProblem(
                    "mapping/definitions",
                    0,
                    "folder",
                    "",
                    "There is no definition; put one with the ending .yaml here."));
        }
        return definitions;
    }

    private static List<Path> files(Path folder, String name, String ending, List<MappingProblem> problems) {
        Path directory = folder.resolve(name);
        if (!Files.isDirectory(directory)) {
            problems.add(new MappingProblem("mapping/" + name, 0, "folder", "", "There is no such folder; create it."));
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new MappingProblem(
                    "mapping/" + name, 0, "folder", e.getClass().getSimpleName(), "Make the folder readable."));
            return List.of();
        }
    }

    /** Types and events for which there are rules, for instance {@code ORM^O01}. */
    public Set<String> kinds() {
        return definitions.keySet();
    }

    /**
     * The steps that an order message speaks of.
     *
     * @throws Hl7RejectedException when there are no rules for it, a required field is missing, or a value cannot be held
     */
    public MappedMessage map(Hl7Message message) {
        Definition definition = definitions.get(message.kind());
        if (definition == null) {
            throw Hl7RejectedException.rejected(
                    ErrorCode.UNSUPPORTED_MESSAGE_TYPE,
                    ErrorLocation.ofField("MSH", 9),
                    "No definition in mapping/definitions is for this message type.");
        }
        if (message.orderGroups().isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("ORC"),
                    "ORC segment is missing; an order message has one for each order.");
        }
        rejectSecondPatient(message);
        List<MappingWarning> warnings = new ArrayList<>();
        message.warnings().forEach(text -> warnings.add(new MappingWarning("message", "MSH-18", text)));
        List<MappedStep> steps = new ArrayList<>();
        for (OrderGroup group : message.orderGroups()) {
            SourceReader reader = new SourceReader(message, group, settings.assigningAuthority());
            steps.add(new StepMapper(reader, settings.zone(), warnings)
                    .map(definition.rules(), orderControl(group), group.order()));
        }
        return new MappedMessage(steps, warnings.stream().distinct().toList());
    }

    /** Nothing says which of the orders would be whose. */
    private static void rejectSecondPatient(Hl7Message message) {
        List<Hl7Segment> patients = message.messageLevel().stream()
                .filter(segment -> segment.name().equals("PID"))
                .toList();
        if (patients.size() > 1) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    patients.get(1).location(0, 0),
                    "The message has a second PID segment; send the orders of each patient in a message of their own.");
        }
    }

    private static String orderControl(OrderGroup group) {
        Hl7Segment order = group.first("ORC")
                .orElseThrow(() -> Hl7RejectedException.contentError(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        ErrorLocation.ofSegment("ORC"),
                        "ORC segment is missing; it begins each order, before OBR."));
        String control = order.value(1).orEmpty().strip();
        if (control.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    order.location(1, 0),
                    "ORC-1 is empty; send NW, XO, CA, OC or DC.");
        }
        return control;
    }
}
