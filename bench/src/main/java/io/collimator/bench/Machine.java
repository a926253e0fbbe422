package io.collimator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where it was measured, in lines for the report. */
final class Machine {

    private Machine() {}

    static List<String> describe(String postgresql) throws IOException {
        List<String> lines = new ArrayList<>(describe());
        lines.addAll(List.of(
                "PostgreSQL %s, fsync and synchronous_commit on, settings otherwise as initdb leaves them but for max_wal_size 4GB"
                        .formatted(postgresql),
                "every server in a JVM of its own with " + String.join(" ", ServerProcess.JVM_OPTIONS)));
        return lines;
    }

    /** Without what servers need. */
    static List<String> describe() throws IOException {
        return List.of(
                "%d cores, %s".formatted(Runtime.getRuntime().availableProcessors(), processor()),
                "%s memory, %s %s".formatted(memory(), System.getProperty("os.name"), System.getProperty("os.version")),
                "Java %s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vm.name")));
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String memory() throws IOException {
        Path file = Path.of("/proc/meminfo");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> "%.0f GB".formatted(Double.parseDouble(line.replaceAll("\\D", "")) / 1_048_576))
                .findFirst()
                .orElse("unknown");
    }
}
