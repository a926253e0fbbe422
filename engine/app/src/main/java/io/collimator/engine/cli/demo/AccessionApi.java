package io.collimator.engine.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.cli.remote.RemoteEngineException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** {@code GET /api/accessions} of the engine that is watched. */
final class AccessionApi {

    private final RemoteEngine engine;

    AccessionApi(InetSocketAddress http, String password) {
        this.engine = new RemoteEngine("http://" + http.getHostString() + ":" + http.getPort(), password);
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
            return Optional.of(engine.get("/api/accessions/" + accession))
                    .filter(RemoteEngine.Answer::isOk)
                    .map(RemoteEngine.Answer::json);
        } catch (RemoteEngineException e) {
            throw new DemoFailedException("The engine's HTTP port does not answer.", e);
        }
    }
}
