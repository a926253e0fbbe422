package io.collimator.camel.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DCMTK's servers in a folder of their own; stopped in the end. */
final class DcmtkServers implements AutoCloseable {

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    DcmtkServers(Path folder) {
        this.folder = folder;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** storescp that keeps what it gets. */
    int storage(Path kept) throws IOException {
        int port = freePort();
        serve(port, "storescp", "+B", "-od", kept.toString(), Integer.toString(port));
        return port;
    }

    /** dcmqrscp as ARCHIVE, which knows a WORKSTATION at the port given. */
    int archive(int workstation) throws IOException {
        int port = freePort();
        Path storage = Files.createDirectory(folder.resolve("archive"));
        Path configuration =
                Files.writeString(folder.resolve("dcmqrscp.cfg"), """
                NetworkTCPPort = %d
                MaxPDUSize = 16384
                MaxAssociations = 16
                HostTable BEGIN
                workstation = (WORKSTATION, localhost, %d)
                HostTable END
                VendorTable BEGIN
                VendorTable END
                AETable BEGIN
                ARCHIVE %s RW (200, 1024mb) ANY
                AETable END
                """.formatted(port, workstation, storage));
        serve(port, "dcmqrscp", "-c", configuration.toString());
        return port;
    }

    /** wlmscpfs as ARCHIVE with one entry. */
    int worklist(String accession) throws IOException, InterruptedException {
        int port = freePort();
        Path lists = Files.createDirectories(folder.resolve("worklist").resolve("ARCHIVE"));
        Files.createFile(lists.resolve("lockfile"));
        Path dump = Files.writeString(folder.resolve("entry.dump"), """
                (0008,0050) SH [%s]
                (0010,0010) PN [TEST^PEER]
                (0010,0020) LO [PEER1]
                (0020,000d) UI [1.2.3]
                (0040,0100) SQ
                (fffe,e000) -
                (0008,0060) CS [CT]
                (0040,0001) AE [CT1]
                (0040,0002) DA [20260101]
                (0040,0003) TM [120000]
                (0040,0009) SH [S1]
                (fffe,e00d) -
                (fffe,e0dd) -
                """.formatted(accession));
        run("dump2dcm", dump.toString(), lists.resolve("entry.wl").toString());
        serve(port, "wlmscpfs", "-dfr", "-dfp", lists.getParent().toString(), Integer.toString(port));
        return port;
    }

    /** A CT image without pixels. */
    Path image(String instance) throws IOException, InterruptedException {
        Path dump = Files.writeString(folder.resolve(instance + ".dump"), """
                (0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]
                (0008,0018) UI [%s]
                (0008,0020) DA [20260101]
                (0008,0030) TM [120000]
                (0008,0050) SH [A1]
                (0008,0060) CS [CT]
                (0010,0010) PN [TEST^PEER]
                (0010,0020) LO [PEER1]
                (0020,000d) UI [1.2.3]
                (0020,000e) UI [1.2.3.1]
                (0020,0010) SH [S1]
                """.formatted(instance));
        Path file = folder.resolve(instance + ".dcm");
        run("dump2dcm", "+te", dump.toString(), file.toString());
        return file;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ends", command[0])
                .isTrue();
        assertThat(process.exitValue()).as(command[0]).isZero();
    }

    private void serve(int port, String... command) throws IOException {
        Process process = start(command);
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || listens(port));
        assertThat(process.isAlive()).as("%s runs", command[0]).isTrue();
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + "-" + started.size() + ".txt")
                        .toFile());
        // DCMTK as packaged waits for the delayed ACK of the other side otherwise, 40 ms a response
        builder.environment().put("TCP_NODELAY", "1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
