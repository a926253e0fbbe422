package io.collimator.dicom.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes {@code target/interoperability/<test class>.csv} of the module under test, anew in each run: a line for each
 * {@link Interoperability} of the methods that passed, with service, our role, peer, transfer syntaxes and method.
 */
final class InteroperabilityRecorder implements TestWatcher {

    private static final Path FOLDER = Path.of("target", "interoperability");
    private static final Namespace LINES = Namespace.create(InteroperabilityRecorder.class);

    @Override
    public void testSuccessful(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        Lines lines =
                context.getRoot().getStore(LINES).getOrComputeIfAbsent(testClass, key -> new Lines(), Lines.class);
        String method = context.getRequiredTestMethod().getName();
        lines.add(
                FOLDER.resolve(testClass.getSimpleName() + ".csv"),
                Arrays.stream(context.getRequiredTestMethod().getAnnotationsByType(Interoperability.class))
                        .map(proved -> line(proved, method))
                        .collect(Collectors.toSet()));
    }

    private static String line(Interoperability proved, String method) {
        String syntaxes =
                Arrays.stream(proved.transferSyntaxes()).map(Enum::name).collect(Collectors.joining(" "));
        return String.join(",", proved.service().name(), proved.ours().name(), proved.peer(), syntaxes, method);
    }

    /** The lines of one test class so far. */
    private static final class Lines {

        private final Set<String> all = new TreeSet<>();

        synchronized void add(Path file, Set<String> more) {
            if (!all.addAll(more)) {
                return;
            }
            try {
                Files.createDirectories(FOLDER);
                Files.write(file, all);
            } catch (IOException e) {
                throw new UncheckedIOException("The interoperability rows cannot be written to " + file + ".", e);
            }
        }
    }
}
