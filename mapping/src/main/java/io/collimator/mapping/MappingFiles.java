package io.collimator.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of everything an analyst edits under {@code mapping/}, by name relative to it: {@code definitions/*.yaml},
 * {@code tables/*.csv}, {@code senders.yaml}, {@code templates/*.hl7}, {@code cases/NAME/message.hl7} and
 * {@code cases/NAME/expected.json}. What else lies there is not taken. Immutable and bounded.
 */
public final class MappingFiles {

    /** Files that a set may have. */
    public static final int MAX_FILES = 2_000;

    /** Bytes that one file may have. */
    public static final int MAX_BYTES = 2_000_000;

    private static final Pattern TAKEN = Pattern.compile(
            "senders\\.yaml|definitions/[^/]+\\.yaml|tables/[^/]+\\.csv|templates/[^/]+\\.hl7|cases/[^/]+/(message\\.hl7|expected\\.json)");
    private static final List<String> FOLDERS = List.of("definitions", "tables", "templates", "cases");
    private static final List<String> NEEDED = List.of("definitions", "tables");
    private static final int DEPTH = 2;

    private final SortedMap<String, String> texts;

    private MappingFiles(Map<String, String> texts) {
        this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /**
     * Files by relative name, with forward slashes.
     *
     * @throws MappingException when a name is none of those that a set takes, or the bounds are passed
     */
    public static MappingFiles of(Map<String, String> texts) {
        List<MappingProblem> problems = new ArrayList<>();
        texts.forEach((name, text) -> {
            if (!isTaken(name)) {
                problems.add(new MappingProblem(
                        "mapping/" + name,
                        0,
                        "name",
                        name,
                        "A mapping has no such file; see docs/reference/mapping.md."));
            } else if (text.length() > MAX_BYTES) {
                problems.add(tooLong(name, text.length()));
            }
        });
        checkCount(texts.size(), problems);
        if (!problems.isEmpty()) {
            throw new MappingException(problems);
        }
        return new MappingFiles(texts);
    }

    /**
     * Reads the mapping folder of a home.
     *
     * @throws MappingException when a folder is missing, a file is no UTF-8 or too long, or there are too many
     */
    public static MappingFiles read(Path folder) {
        List<MappingProblem> problems = new ArrayList<>();
        Map<String, String> texts = new TreeMap<>();
        for (String name : NEEDED) {
            if (!Files.isDirectory(folder.resolve(name))) {
                problems.add(
                        new MappingProblem("mapping/" + name, 0, "folder", "", "There is no such folder; create it."));
            }
        }
        List<Path> paths = paths(folder, problems);
        checkCount(paths.size(), problems);
        paths.stream().limit(MAX_FILES).forEach(path -> readOne(folder, path, texts, problems));
        if (!problems.isEmpty()) {
            // what else is wrong is told with it, when nothing is missing that it would speak of
            if (texts.size() == paths.size() && !texts.isEmpty()) {
                problems.addAll(Compiler.problems(new MappingFiles(texts)));
            }
            throw new MappingException(problems);
        }
        return new MappingFiles(texts);
    }

    private static List<Path> paths(Path folder, List<MappingProblem> problems) {
        List<Path> found = new ArrayList<>();
        if (Files.isRegularFile(folder.resolve("senders.yaml"))) {
            found.add(folder.resolve("senders.yaml"));
        }
        for (String name : FOLDERS) {
            Path directory = folder.resolve(name);
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory, DEPTH)) {
                files.filter(Files::isRegularFile)
                        .filter(path -> isTaken(nameOf(folder, path)))
                        .sorted()
                        .limit(MAX_FILES + 1L)
                        .forEach(found::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                problems.add(new MappingProblem(
                        "mapping/" + name, 0, "folder", e.getClass().getSimpleName(), "Make the folder readable."));
            }
        }
        return found;
    }

    private static void readOne(Path folder, Path path, Map<String, String> texts, List<MappingProblem> problems) {
        String name = nameOf(folder, path);
        try {
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                problems.add(tooLong(name, size));
                return;
            }
            Utf8Text read = Utf8Text.of(Files.readAllBytes(path));
            texts.put(name, read.text());
            read.fault()
                    .ifPresent(fault -> problems.add(new MappingProblem(
                            "mapping/" + name, fault.line(), "text", fault.found(), Utf8Text.Fault.FIX)));
        } catch (IOException e) {
            problems.add(new MappingProblem(
                    "mapping/" + name,
                    0,
                    "file",
                    e.getClass().getSimpleName(),
                    "The file cannot be read; check that it is there and readable."));
        }
    }

    private static void checkCount(int count, List<MappingProblem> problems) {
        if (count > MAX_FILES) {
            problems.add(new MappingProblem(
                    "mapping",
                    0,
                    "files",
                    Integer.toString(count),
                    "A mapping has at most %d files; delete some.".formatted(MAX_FILES)));
        }
    }

    private static MappingProblem tooLong(String name, long length) {
        return new MappingProblem(
                "mapping/" + name,
                0,
                "file",
                length + " bytes",
                "A file has at most %d bytes; divide it.".formatted(MAX_BYTES));
    }

    /** Whether a set takes a file of this relative name. */
    public static boolean isTaken(String name) {
        return TAKEN.matcher(name).matches() && !name.contains("..");
    }

    private static String nameOf(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** Every file, sorted by name. */
    public SortedMap<String, String> texts() {
        return texts;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** The names that begin with a folder, for instance {@code tables/}. */
    List<String> names(String folder) {
        return texts.keySet().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** With one file put in or replaced. */
    public MappingFiles with(String name, String text) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(name, text);
        return of(changed);
    }

    /** With one file left out. */
    public MappingFiles without(String name) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.remove(name);
        return new MappingFiles(changed);
    }

    /** SHA-256 in hexadecimal over names and texts: two sets with the same digest are the same. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MappingFiles files && files.texts.equals(texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** The number of files and the digest. */
    @Override
    public String toString() {
        return "MappingFiles[" + texts.size() + " files, " + digest() + "]";
    }
}
