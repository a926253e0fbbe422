package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** An accession as {@code /api/accessions} tells it, for people. */
public final class AccessionText {

    private final JsonNode accession;

    public AccessionText(JsonNode accession) {
        this.accession = accession;
    }

    public void print(PrintWriter out) {
        JsonNode instances = accession.path("instances");
        out.printf(
                "Accession %s · order %s · procedure %s · custody %s%n",
                text(accession, "accessionNumber"),
                accession.path("orderStatus").isNull() ? "none" : text(accession, "orderStatus"),
                text(accession, "procedureState"),
                text(accession, "custodyState"));
        out.printf(
                "Instances: %d expected%s, %d committed, %d failed, %d outstanding%n",
                instances.path("expected").asInt(),
                instances.path("final").asBoolean() ? "" : " so far",
                instances.path("committed").asInt(),
                instances.path("failed").asInt(),
                instances.path("outstanding").asInt());
        for (JsonNode step : accession.path("steps")) {
            out.printf(
                    "Step %s: %s, %s at %s, %s%n",
                    text(step, "stepId"),
                    text(step, "status"),
                    text(step, "modality"),
                    text(step, "stationAeTitle"),
                    text(step, "start"));
        }
        for (JsonNode entry : accession.path("timeline")) {
            out.printf("  %s  %-26s %s%n", text(entry, "at"), text(entry, "kind"), text(entry, "summary"));
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("").replaceAll("\\p{Cntrl}", "?");
    }
}
