package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What commands about patients' numbers have in common. */
final class PatientCorrections {

    private PatientCorrections() {}

    /** {@code ACC1}, or with who gave it {@code ACC1 of NORTH}. */
    static String text(JsonNode accession) {
        JsonNode issuer = accession.path("issuer");
        String by = issuer.path("namespace").asText(issuer.path("universalId").asText(""));
        String number = accession.path("accessionNumber").asText();
        return by.isEmpty() || by.equals("null") ? number : number + " of " + by;
    }
}
