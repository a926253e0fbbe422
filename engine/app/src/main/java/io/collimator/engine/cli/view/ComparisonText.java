package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What two mappings make of the same messages, for people. */
public final class ComparisonText {

    private final JsonNode comparison;

    public ComparisonText(JsonNode comparison) {
        this.comparison = comparison;
    }

    /** Each difference, then the counts. */
    public void print(PrintWriter out) {
        JsonNode differences = comparison.path("differences");
        differences.forEach(difference -> print(out, difference));
        int hidden = comparison.path("different").asInt() - differences.size();
        if (hidden > 0) {
            out.printf("… and %d more that differ.%n", hidden);
        }
        comparison
                .path("stations")
                .properties()
                .forEach(entry -> out.printf(
                        "Station %s: %d join its worklist, %d leave it%n",
                        Printable.of(entry.getKey()),
                        entry.getValue().path("join").asInt(),
                        entry.getValue().path("leave").asInt()));
        int renumbered = comparison.path("accessionsChanged").asInt();
        if (renumbered > 0) {
            out.printf(
                    "warning: %s would get another accession number: where the order is stored, its changes will be refused (AE 205)%n",
                    Counted.of(renumbered, "message"));
        }
        out.printf(
                "%s: %d the same, %d different, %d newly accepted, %d newly refused%n",
                Counted.of(comparison.path("messages").asInt(), "message"),
                comparison.path("messages").asInt()
                        - comparison.path("different").asInt(),
                comparison.path("different").asInt(),
                comparison.path("newlyAccepted").asInt(),
                comparison.path("newlyRefused").asInt());
    }

    private static void print(PrintWriter out, JsonNode difference) {
        out.printf("%s  %s%n", Printable.text(difference, "message"), Printable.text(difference, "kind"));
        difference.path("outcomes").forEach(outcome -> out.println("  " + Printable.of(outcome.asText())));
        for (JsonNode attribute : difference.path("attributes")) {
            out.printf("  step %d  %s%n", attribute.path("step").asInt(), Printable.text(attribute, "keyword"));
            side(out, "-", Printable.text(attribute, "before"), Printable.text(attribute, "ruleBefore"));
            side(out, "+", Printable.text(attribute, "after"), Printable.text(attribute, "ruleAfter"));
        }
        for (JsonNode list : difference.path("worklists")) {
            out.printf(
                    "  step %d  %s the worklist of %s%n",
                    list.path("step").asInt(),
                    list.path("joins").asBoolean() ? "joins" : "leaves",
                    Printable.text(list, "station"));
        }
        for (JsonNode accession : difference.path("accessions")) {
            out.printf(
                    "  step %d  stored order: accession number %s would become %s: changes will be refused%n",
                    accession.path("step").asInt(),
                    Printable.text(accession, "before"),
                    Printable.text(accession, "after"));
        }
        for (JsonNode notice : difference.path("notices")) {
            out.printf("  step %d  collimator.status%n", notice.path("step").asInt());
            NoticeLines.print(
                    out, notice.path("before").asText(), notice.path("after").asText());
        }
    }

    private static void side(PrintWriter out, String sign, String value, String rule) {
        if (!rule.isEmpty()) {
            out.printf("      %s %s  (%s)%n", sign, value.isEmpty() ? "(cleared)" : value, rule);
        }
    }
}
