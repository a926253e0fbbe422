package io.collimator.engine.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The HTTP port of a running engine, logged in as {@code admin}. */
public final class RemoteEngine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A change waits for another one, runs the golden cases and thousands of messages. */
    private static final Duration PATIENCE_WITH_CHANGES = Duration.ofMinutes(3);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final String credentials;

    /**
     * Connects to nobody yet.
     *
     * @param base for instance {@code http://127.0.0.1:8080}
     */
    public RemoteEngine(String base, String password) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What came back.
     *
     * @param json a missing node when the body is no JSON
     */
    public record Answer(int status, JsonNode json) {

        public boolean isOk() {
            return status == 200;
        }

        /** What problem details (RFC 9457) say; a sentence of ours when there are none. */
        public String detail() {
            return json.path("detail").asText("The engine answered " + status + "; its log says why.");
        }
    }

    public String base() {
        return base;
    }

    /** @throws RemoteEngineException when nobody answers, or the password is not the engine's */
    public Answer get(String path) {
        return send(path, request(path).timeout(PATIENCE).GET());
    }

    /** @throws RemoteEngineException when nobody answers, or the password is not the engine's */
    public Answer post(String path, JsonNode body) {
        return send(
                path,
                request(path)
                        .timeout(PATIENCE_WITH_CHANGES)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Basic " + credentials);
        } catch (IllegalArgumentException e) {
            throw new RemoteEngineException("--url is \"%s\"; write http://host:port.".formatted(base), e);
        }
    }

    private Answer send(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new RemoteEngineException(
                    "No engine answers at %s; start one with \"collimator run\" or name it with --url.".formatted(base),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteEngineException("Interrupted while waiting for %s.".formatted(base + path), e);
        }
        if (response.statusCode() == 401) {
            throw new RemoteEngineException(
                    "%s refused the password; set COLLIMATOR_ADMIN_PASSWORD to the one of that engine.".formatted(base),
                    null);
        }
        return new Answer(response.statusCode(), json(response));
    }

    private JsonNode json(HttpResponse<byte[]> response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            if (response.statusCode() == 200) {
                throw new RemoteEngineException("The answer of %s is no JSON; is it an engine?".formatted(base), e);
            }
            return MissingNode.getInstance();
        }
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers cannot be written as JSON.", e);
        }
    }
}
