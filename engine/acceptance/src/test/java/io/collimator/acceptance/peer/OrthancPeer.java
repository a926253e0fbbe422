package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Orthanc as an archive: stores what it is sent, vouches for what it holds (0112H for the rest) and reports on a new
 * association to the requester. It has no setting for its addresses: its DICOM port is open on all of them while a test
 * runs, its HTTP port refuses all but loopback.
 */
public final class OrthancPeer implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;

    private final PeerProcess process;
    private final HttpClient http;
    private final String aeTitle;
    private final int httpPort;
    private final int dicomPort;

    private OrthancPeer(PeerProcess process, String aeTitle, int httpPort, int dicomPort) {
        this.process = process;
        this.http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        this.aeTitle = aeTitle;
        this.httpPort = httpPort;
        this.dicomPort = dicomPort;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param folder an empty one, for its configuration and storage
     * @param requesters who may ask for commitment, and where it reports to them
     */
    public static OrthancPeer start(Path folder, String aeTitle, List<PeerAddress> requesters) {
        // a port that was free may be taken in between
        IllegalStateException last = new IllegalStateException("Orthanc was not started.");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return startOnce(folder.resolve("orthanc-" + attempt), aeTitle, requesters);
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    private static OrthancPeer startOnce(Path folder, String aeTitle, List<PeerAddress> requesters) {
        int httpPort = FreePort.choose();
        int dicomPort = FreePort.choose();
        Path config = folder.resolve("orthanc.json");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    config,
                    configuration(folder, aeTitle, List.of(httpPort, dicomPort), requesters)
                            .toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration of Orthanc cannot be written.", e);
        }
        PeerProcess process = PeerProcess.start(new ProcessBuilder(
                        "bash",
                        PeerFiles.script("leash.sh").toString(),
                        PeerFiles.tool("Orthanc", "orthanc"),
                        config.toString())
                .redirectOutput(folder.resolve("output.txt").toFile()));
        OrthancPeer orthanc = new OrthancPeer(process, aeTitle, httpPort, dicomPort);
        try {
            Awaitility.await("Orthanc")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || orthanc.answers());
        } catch (ConditionTimeoutException e) {
            String said = process.errors();
            orthanc.close();
            throw new IllegalStateException("Orthanc did not answer within " + READY + ": " + said, e);
        }
        if (!process.isAlive()) {
            String said = process.errors();
            orthanc.close();
            throw new IllegalStateException("Orthanc ended at once: " + said);
        }
        return orthanc;
    }

    private static ObjectNode configuration(
            Path folder, String aeTitle, List<Integer> ports, List<PeerAddress> requesters) {
        ObjectNode config = JsonLinePeer.JSON
                .createObjectNode()
                .put("Name", "Collimator test")
                .put("StorageDirectory", folder.resolve("storage").toString())
                .put("IndexDirectory", folder.resolve("storage").toString())
                .put("HttpPort", ports.get(0))
                .put("RemoteAccessAllowed", false)
                .put("AuthenticationEnabled", false)
                .put("DicomPort", ports.get(1))
                .put("DicomAet", aeTitle)
                .put("DicomCheckCalledAet", true)
                .put("DicomAlwaysAllowEcho", true)
                .put("DicomAlwaysAllowStore", true)
                .put("StableAge", 1);
        config.putArray("Plugins");
        ObjectNode modalities = config.putObject("DicomModalities");
        for (PeerAddress requester : requesters) {
            modalities
                    .putArray(requester.aeTitle().value())
                    .add(requester.aeTitle().value())
                    .add(requester.host())
                    .add(requester.port());
        }
        return config;
    }

    public PeerAddress address() {
        return PeerAddress.loopback(new AeTitle(aeTitle), dicomPort);
    }

    /** What its REST API says, for instance at {@code /statistics}. */
    public JsonNode get(String path) {
        return ask(http, path, HttpRequest.newBuilder().GET());
    }

    /** What it does on demand, for instance at {@code /modalities/COLLIMATOR/echo}. */
    public JsonNode post(String path, JsonNode body) {
        // on a connection of its own: a POST is not repeated when Orthanc has closed the one it used before
        HttpClient own =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        return ask(own, path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private JsonNode ask(HttpClient client, String path, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.uri(URI.create("http://127.0.0.1:" + httpPort + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("Orthanc answered " + response.statusCode() + " at " + path + ".");
            }
            return JsonLinePeer.JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Orthanc does not answer at " + path + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Orthanc was asked.", e);
        }
    }

    private boolean answers() {
        try {
            return get("/system").path("DicomPort").asInt() == dicomPort;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
