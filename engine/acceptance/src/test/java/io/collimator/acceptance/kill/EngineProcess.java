package io.collimator.acceptance.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own. */
public final class EngineProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final List<String> outOfMemory = new CopyOnWriteArrayList<>();

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Starts a {@link MortalEngine} and waits until it is ready. */
    static EngineProcess start(Path home, KillPoint point, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(home.toString(), point.name()));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        EngineProcess engine = launch(home, List.of(), MortalEngine.class.getName(), arguments);
        engine.awaitReady();
        return engine;
    }

    /** Starts {@code collimator run} and does not wait; settings are in the home. */
    public static EngineProcess launch(Path home, String... options) {
        return launch(
                home, List.of(options), "io.collimator.engine.cli.Main", List.of("run", "--home", home.toString()));
    }

    private static EngineProcess launch(Path home, List<String> options, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        try {
            return new EngineProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(home.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The engine's process cannot be started.", e);
        }
    }

    /** Waits for the ready line. */
    public void awaitReady() {
        try {
            readUntilReady();
        } catch (IOException e) {
            throw new UncheckedIOException("The engine's output cannot be read.", e);
        }
    }

    private void readUntilReady() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Collimator ready")) {
                Thread reader = new Thread(() -> output.lines().forEach(this::note), "engine-output");
                reader.setDaemon(true);
                reader.start();
                return;
            }
        }
        throw new IllegalStateException("The engine did not start:\n" + said);
    }

    private void note(String line) {
        if (line.contains("OutOfMemoryError")) {
            outOfMemory.add(line);
        }
    }

    /** What it said of an OutOfMemoryError since it was ready. */
    public List<String> outOfMemory() {
        return outOfMemory;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * SIGKILL after so many milliseconds.
     *
     * @throws IllegalStateException when it has ended by itself before
     */
    public void killAfter(long millis) {
        try {
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The engine ended by itself with " + process.exitValue() + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM, and waits for the end. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** Waits for the end; 137 is SIGKILL. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The engine is still alive; it never came to its kill point.");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
