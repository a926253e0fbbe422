package io.collimator.engine.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** {@code GET /api/accessions} of the engine that is watched. */
final class AccessionApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final String credentials;

    AccessionApi(InetSocketAddress http, String password) {
        this.base = "http://" + http.getHostString() + ":" + http.getPort() + "/api/accessions/";
        this.credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The accession once both states are these. */
    JsonNode await(String accession, String procedureState, String custodyState) {
        return Watch.until(
                "procedure %s and custody %s of accession %s".formatted(procedureState, custodyState, accession),
                () -> get(accession)
                        .filter(json -> json.path("procedureState").asText().equals(procedureState)
                                && json.path("custodyState").asText().equals(custodyState)));
    }

    private Optional<JsonNode> get(String accession) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(base + accession))
                            .timeout(PATIENCE)
                            .header("Authorization", "Basic " + credentials)
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException e) {
            throw new DemoFailedException("The engine's HTTP port does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("The demo was interrupted.", e);
        }
    }
}
