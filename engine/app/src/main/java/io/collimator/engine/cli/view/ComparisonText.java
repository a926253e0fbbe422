package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What two mappings make of the same messages, for people. */
public final class ComparisonText {

    private final JsonNode comparison;
    private final Words words;

    /** Where steps would be: a mapping that is only looked at, and one that is put in the place of another. */
    private enum Words {
        COMPARED("joins", "leaves", "would join its worklist", "would leave it"),
        CHANGED("would now come to", "would no longer come to", "would now come to its worklist", "no longer");

        private final String gains;
        private final String loses;
        private final String someGain;
        private final String someLose;

        Words(String gains, String loses, String someGain, String someLose) {
            this.gains = gains;
            this.loses = loses;
            this.someGain = someGain;
            this.someLose = someLose;
        }
    }

    private ComparisonText(JsonNode comparison, Words words) {
        this.comparison = comparison;
        this.words = words;
    }

    /** Two mappings beside each other. */
    public static ComparisonText compared(JsonNode comparison) {
        return new ComparisonText(comparison, Words.COMPARED);
    }

    /** What the change of a mapping means for messages to come: what is stored does not move. */
    static ComparisonText changed(JsonNode comparison) {
        return new ComparisonText(comparison, Words.CHANGED);
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
                        "Station %s: %s %s, %d %s%n",
                        Printable.of(entry.getKey()),
                        Counted.of(entry.getValue().path("join").asInt(), "step"),
                        words.someGain,
                        entry.getValue().path("leave").asInt(),
                        words.someLose));
        int renumbered = comparison.path("accessionsChanged").asInt();
        if (renumbered > 0) {
            out.printf(
                    "warning: %s would get another accession number: where the order is stored, its changes will be refused (AE 205)%n",
                    Counted.of(renumbered, "step"));
        }
        if (!comparison.path("stations").isEmpty()) {
            out.println(
                    "note: this is what these messages would do if they came now; steps that are stored stay on their lists.");
        }
        int steps = comparison.path("steps").asInt();
        if (steps > 0) {
            int changed = comparison.path("stepsDifferent").asInt();
            out.printf("%s: %d the same, %d different%n", Counted.of(steps, "step"), steps - changed, changed);
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

    private void print(PrintWriter out, JsonNode difference) {
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
                    list.path("joins").asBoolean() ? words.gains : words.loses,
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
