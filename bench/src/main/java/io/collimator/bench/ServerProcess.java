package io.collimator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A measured server in a JVM of its own; every one gets the same options. */
final class ServerProcess implements AutoCloseable {

    /** Those of {@code bin/collimator run}. */
    static final List<String> JVM_OPTIONS = List.of(
            "-Dfile.encoding=UTF-8",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k");

    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final String readyLine;
    private final List<String> outOfMemory = new CopyOnWriteArrayList<>();

    private ServerProcess(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    /**
     * Starts it and waits for the line that says that it is ready.
     *
     * @param options of this JVM beyond those that all have
     * @param ready how that line begins
     * @param arguments main class, then its arguments
     */
    static ServerProcess start(List<String> options, String ready, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ready)) {
                ServerProcess server = new ServerProcess(process, line);
                Thread reader = new Thread(() -> output.lines().forEach(server::note), "server-output");
                reader.setDaemon(true);
                reader.start();
                return server;
            }
        }
        process.destroy();
        throw new IOException("%s ended before it was ready; start it by hand to see why.".formatted(arguments[0]));
    }

    private void note(String line) {
        if (line.contains("OutOfMemoryError")) {
            outOfMemory.add(line);
        }
    }

    /** Lines that it wrote of an OutOfMemoryError since it was ready. */
    List<String> outOfMemory() {
        return outOfMemory;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Memory that it has of the machine, in bytes; 0 where the system does not tell. */
    long residentBytes() throws IOException {
        return Machine.kibibytes(Path.of("/proc/%d/status".formatted(process.pid())), "VmRSS:") << 10;
    }

    String readyLine() {
        return readyLine;
    }

    /** Processor time since its start. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
