package io.collimator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A worklist of somebody else that reads a folder of files: wlmscpfs of DCMTK, or Orthanc with its plugin. */
final class FilePeer implements AutoCloseable {

    private static final String CALLED = "COLLIMATOR";
    private static final Duration READY = Duration.ofSeconds(30);
    private static final Path ORTHANC_PLUGIN = Path.of("/usr/share/orthanc/plugins/libModalityWorklists.so");

    private final Process process;
    private final int port;

    private FilePeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The folder for the files of {@link #wlmscpfs}, with the lock file that it wants. */
    static Path folderOf(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(CALLED));
        Files.write(folder.resolve("lockfile"), new byte[0]);
        return folder;
    }

    static FilePeer wlmscpfs(Path root) throws IOException, InterruptedException {
        int port = freePort();
        return started(
                new ProcessBuilder("wlmscpfs", "-q", "-dfr", "-dfp", root.toString(), String.valueOf(port)), port);
    }

    static FilePeer orthanc(Path root, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path config = root.resolve("orthanc.json");
        Files.writeString(config, """
                {"Name": "bench", "StorageDirectory": "%s", "IndexDirectory": "%s", "HttpServerEnabled": false,
                 "DicomPort": %d, "DicomAet": "%s", "DicomCheckCalledAet": false, "DicomAlwaysAllowFindWorklist": true,
                 "DicomThreadsCount": 8, "LimitFindResults": 0, "Plugins": ["%s"],
                 "Worklists": {"Enable": true, "Database": "%s"}}
                """.formatted(
                        root.resolve("storage"), root.resolve("storage"), port, CALLED, ORTHANC_PLUGIN, folder));
        return started(new ProcessBuilder("Orthanc", config.toString()), port);
    }

    private static FilePeer started(ProcessBuilder builder, int port) throws IOException, InterruptedException {
        // without it their answers wait for the acknowledgement of the packet before
        builder.environment().put("TCP_NODELAY", "1");
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        FilePeer peer = new FilePeer(process, port);
        long deadline = System.nanoTime() + READY.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                peer.close();
                throw new IOException("%s does not listen; start it by hand to see why."
                        .formatted(builder.command().get(0)));
            }
            Thread.sleep(50);
        }
        return peer;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    WorklistAsker open() throws IOException {
        return new AskedAssociation(port);
    }

    /** Of the processes that live now: wlmscpfs has one for each association. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether the two are on this machine. */
    static List<String> missing() {
        return Stream.of("wlmscpfs", "Orthanc").filter(name -> !isOnPath(name)).toList();
    }

    private static boolean isOnPath(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
