package io.collimator.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a test peer with its children; what it says on standard error goes to a file. */
final class PeerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path errors;

    private PeerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static PeerProcess start(ProcessBuilder builder) {
        try {
            Path errors = Files.createTempFile("collimator-peer", ".log");
            builder.redirectError(errors.toFile());
            return new PeerProcess(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("The test peer " + builder.command().get(0) + " does not start.", e);
        }
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it said on standard error so far. */
    String errors() {
        try {
            return Files.readString(errors, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of a test peer cannot be read.", e);
        }
    }

    /** Waits for its end; kills it when the time is up. */
    int await(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new IllegalStateException("A test peer did not end within " + atMost + ": " + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new IllegalStateException("Interrupted while a test peer was running.", e);
        }
    }

    /** Ends it and all its children, gently first; removes its log. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        try {
            // every peer here ends with its standard input
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
            children.forEach(ProcessHandle::destroyForcibly);
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            kill();
            throw new UncheckedIOException("A test peer could not be ended in order.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
