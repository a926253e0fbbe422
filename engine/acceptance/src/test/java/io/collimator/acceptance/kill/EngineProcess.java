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
import java.util.concurrent.TimeUnit;

/** A {@link MortalEngine} in a process of its own. */
final class EngineProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    static EngineProcess start(Path home, KillPoint point, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MortalEngine.class.getName(),
                home.toString(),
                point.name()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(home.toFile())
                    .start();
            EngineProcess engine = new EngineProcess(process);
            engine.awaitReady();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException("The engine's process cannot be started.", e);
        }
    }

    private void awaitReady() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Collimator ready")) {
                Thread reader = new Thread(() -> output.lines().forEach(ignored -> {}), "engine-output");
                reader.setDaemon(true);
                reader.start();
                return;
            }
        }
        throw new IllegalStateException("The engine did not start:\n" + said);
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
