package io.collimator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        long kibibytes = kibibytes(Path.of("/proc/meminfo"), "MemTotal:");
        return kibibytes == 0 ? "unknown" : "%.0f GB".formatted(kibibytes / 1_048_576.0);
    }

    /** The value on the line that begins so; 0 when the file or the line is not there. */
    static long kibibytes(Path file, String beginning) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(beginning))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Processor time of this process. */
    static Duration ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }
}
