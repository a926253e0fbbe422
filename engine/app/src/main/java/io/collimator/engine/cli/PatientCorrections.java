package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.remote.RemoteEngine;

/** What commands about patients' numbers have in common. */
final class PatientCorrections {

    private PatientCorrections() {}

    /** @throws CommandFailedException when the engine refuses */
    static JsonNode post(EngineOption engine, String path, JsonNode body) {
        RemoteEngine.Answer answer = engine.engine().post(path, body);
        if (!answer.isOk()) {
            throw new CommandFailedException(answer.detail());
        }
        return answer.json();
    }

    /** {@code ACC1}, or with who gave it {@code ACC1 of NORTH}. */
    static String text(JsonNode accession) {
        JsonNode issuer = accession.path("issuer");
        String by = issuer.path("namespace").asText(issuer.path("universalId").asText(""));
        String number = accession.path("accessionNumber").asText();
        return by.isEmpty() || by.equals("null") ? number : number + " of " + by;
    }
}
