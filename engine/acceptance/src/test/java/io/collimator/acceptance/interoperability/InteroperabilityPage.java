package io.collimator.acceptance.interoperability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares the page in docs with what the integration tests of this build recorded, or writes it. Only a build of every
 * module that has such tests can tell; any other says that nothing was compared.
 */
public final class InteroperabilityPage {

    private static final String PAGE = "docs/reference/interoperability.md";
    private static final String MARK = "@Interoperability(";
    private static final String NOT_COMPARED = PAGE + " was not compared: ";

    private final Path root;
    private final List<Path> testClasses;

    InteroperabilityPage(Path root) throws IOException {
        this.root = root;
        try (Stream<Path> files = Files.walk(root)) {
            testClasses = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("IT.java"))
                    .filter(InteroperabilityPage::isMarked)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isMarked(Path file) {
        try {
            return Files.readString(file).contains(MARK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Run by Maven after the integration tests.
     *
     * @param arguments root folder; {@code true} to write the page; the projects of the build as Maven names them; then
     *     what leaves tests out, as {@code name=value}
     * @throws IllegalStateException when the page is not what the tests proved
     */
    public static void main(String[] arguments) throws IOException {
        InteroperabilityPage page =
                new InteroperabilityPage(Path.of(arguments[0]).toAbsolutePath().normalize());
        List<String> switches = List.of(arguments).subList(3, arguments.length);
        System.out.println(page.check(Boolean.parseBoolean(arguments[1]), arguments[2], switches));
    }

    /** What was done, for people. */
    String check(boolean update, String projects, List<String> switches) throws IOException {
        for (String leavingOut : switches) {
            if (leavingOut.endsWith("=true") || leavingOut.endsWith("=none")) {
                return NOT_COMPARED + "-D" + leavingOut + " leaves out tests that prove its lines.";
            }
        }
        for (Path testClass : testClasses) {
            if (!projects.contains(moduleOf(testClass).resolve("pom.xml").toString())) {
                return NOT_COMPARED + root.relativize(moduleOf(testClass)) + " is not in this build.";
            }
        }
        return compare(update);
    }

    private String compare(boolean update) throws IOException {
        String text = InteroperabilityTable.of(recorded());
        Path written = root.resolve("engine/acceptance/target/interoperability.md");
        Path kept = root.resolve(PAGE);
        Files.createDirectories(written.getParent());
        Files.writeString(written, text);
        if (update) {
            Files.writeString(kept, text);
        }
        if (!Files.exists(kept) || !Files.readString(kept).equals(text)) {
            throw new IllegalStateException(
                    "%s is not what the tests proved, which is in %s; look at the difference and update it with: bin/verify -Dgolden.update=true"
                            .formatted(PAGE, root.relativize(written)));
        }
        return PAGE + " is what the tests proved.";
    }

    private List<RecordedRow> recorded() throws IOException {
        List<RecordedRow> rows = new ArrayList<>();
        for (Path testClass : testClasses) {
            String name = testClass.getFileName().toString().replace(".java", "");
            Path lines = moduleOf(testClass).resolve("target/interoperability").resolve(name + ".csv");
            if (!Files.exists(lines)) {
                throw new IllegalStateException(
                        "%s proved nothing in this build: there is no %s; run bin/verify without a choice of tests."
                                .formatted(name, root.relativize(lines)));
            }
            for (String line : Files.readAllLines(lines)) {
                rows.add(RecordedRow.parse(name, line));
            }
        }
        return rows;
    }

    private static Path moduleOf(Path testClass) {
        String file = testClass.toString();
        return Path.of(file.substring(0, file.indexOf("/src/test/java/")));
    }
}
