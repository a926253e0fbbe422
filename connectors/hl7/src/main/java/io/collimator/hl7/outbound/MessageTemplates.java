package io.collimator.hl7.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The templates of a home by name, all found to be in order. Immutable. */
public final class MessageTemplates {

    /** None. */
    public static final MessageTemplates NONE = new MessageTemplates(Map.of());

    private static final String FOLDER = "mapping/templates/";
    private static final String ENDING = ".hl7";
    private static final int MAX_BYTES = 100_000;

    private final Map<String, MessageTemplate> byName;

    private MessageTemplates(Map<String, MessageTemplate> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads every file of a folder that ends in {@code .hl7}; a folder that is not there holds none.
     *
     * @param folder {@code mapping/templates} of a home
     * @throws TemplateException with every problem of every file
     */
    public static MessageTemplates load(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        List<TemplateProblem> problems = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                        .forEach(file -> read(file, texts, problems));
            } catch (IOException e) {
                problems.add(unreadable(FOLDER, e));
            }
        }
        return of(texts, problems);
    }

    /**
     * Reads templates.
     *
     * @param texts by file name
     * @throws TemplateException with every problem of every one
     */
    public static MessageTemplates of(Map<String, String> texts) {
        return of(texts, new ArrayList<>());
    }

    private static MessageTemplates of(Map<String, String> texts, List<TemplateProblem> problems) {
        Map<String, MessageTemplate> templates = new TreeMap<>();
        new TreeMap<>(texts).forEach((file, text) -> {
            String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
            templates.put(name, new TemplateReader(FOLDER + file, problems).read(name, text));
        });
        if (!problems.isEmpty()) {
            throw new TemplateException(problems);
        }
        return new MessageTemplates(templates);
    }

    private static void read(Path file, Map<String, String> texts, List<TemplateProblem> problems) {
        String name = String.valueOf(file.getFileName());
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                problems.add(new TemplateProblem(
                        FOLDER + name,
                        0,
                        "size",
                        size + " bytes",
                        "A template has at most %d bytes.".formatted(MAX_BYTES)));
            } else {
                texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            problems.add(unreadable(FOLDER + name, e));
        }
    }

    private static TemplateProblem unreadable(String file, IOException e) {
        return new TemplateProblem(file, 0, "file", e.getClass().getSimpleName(), "It cannot be read as UTF-8 text.");
    }

    /** Where a template stands below the home. */
    static String fileOf(String name) {
        return FOLDER + name + ENDING;
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Optional<MessageTemplate> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
