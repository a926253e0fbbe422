package io.collimator.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DCMTK's tools and servers, each in bounded time in the folder given; what still runs in the end is stopped. */
final class Dcmtk implements AutoCloseable {

    /** What a tool left behind. */
    record Run(int exitCode, String output) {}

    private static final int SECONDS = 30;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    Dcmtk(Path folder) {
        this.folder = folder;
    }

    /** Runs a tool to its end. */
    Run run(String tool, List<String> arguments) {
        Path output = folder.resolve(tool + "-" + started.size() + ".txt");
        Process process = start(tool, arguments, output);
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", tool)
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a server and waits until it listens. */
    void serve(String tool, List<String> arguments, int port) {
        Process process = start(tool, arguments, folder.resolve(tool + "-" + started.size() + ".txt"));
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || listens(port));
        assertThat(process.isAlive()).as("%s runs", tool).isTrue();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process start(String tool, List<String> arguments, Path output) {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // DCMTK as packaged waits for the delayed ACK of the other side otherwise, 40 ms a response
            builder.environment().put("TCP_NODELAY", "1");
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
