package io.collimator.acceptance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The engine's HTTP port as a program with a login sees it. */
public final class EngineApi {

    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();
    private final String base;
    private final String credentials;

    public EngineApi(InetSocketAddress http, String password) {
        this.base = "http://" + http.getHostString() + ":" + http.getPort();
        this.credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Basic " + credentials);
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at " + request, e);
        }
    }

    public JsonNode accession(String number) {
        return json(get("/api/accessions/" + number));
    }

    /** The accession as soon as it is as wanted. */
    public JsonNode awaitAccession(String number, Predicate<JsonNode> wanted) {
        return Awaitility.await("accession " + number)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> accession(number), wanted);
    }

    public JsonNode awaitStates(String number, String procedureState, String custodyState) {
        return awaitAccession(
                number,
                accession -> procedureState.equals(
                                accession.path("procedureState").asText())
                        && custodyState.equals(accession.path("custodyState").asText()));
    }

    /** Types of the exceptions, newest first. */
    public List<String> exceptionTypes() {
        List<String> types = new ArrayList<>();
        exceptions().forEach(exception -> types.add(exception.path("type").asText()));
        return types;
    }

    public JsonNode exceptions() {
        return json(get("/api/exceptions?limit=200")).path("items");
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("The answer is no JSON: " + response.body(), e);
        }
    }
}
