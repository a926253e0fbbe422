package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Versions of the mapping as the API tells them, for people. */
public final class HistoryText {

    private final JsonNode json;

    public HistoryText(JsonNode json) {
        this.json = json;
    }

    /** Newest first; the one that runs has a star. */
    public void printList(PrintWriter out) {
        int running = json.path("running").asInt();
        for (JsonNode version : json.path("items")) {
            boolean runs = version.path("version").asInt() == running;
            out.printf("%s %s%n", runs ? "*" : " ", line(version));
            changes(version).forEach(change -> out.println("      " + change));
        }
        if (!json.path("next").isNull()) {
            out.println("  … older ones: raise --limit");
        }
    }

    /** What it changed, as a unified diff. */
    public void printVersion(PrintWriter out) {
        out.println(line(json));
        json.path("diff").forEach(diffLine -> out.println(Printable.of(diffLine.asText())));
    }

    private static String line(JsonNode version) {
        String comment = Printable.text(version, "comment");
        return "%4d  %s  by %s%s"
                .formatted(
                        version.path("version").asInt(),
                        Printable.text(version, "at"),
                        Printable.text(version, "by"),
                        comment.isEmpty() ? "" : "  " + comment);
    }

    /** A start finds dozens of new files: they are counted. */
    private static List<String> changes(JsonNode version) {
        List<String> changes = new ArrayList<>();
        version.path("changes").forEach(change -> changes.add(Printable.of(change.asText())));
        return changes.size() <= 10 ? changes : List.of(changes.size() + " files");
    }
}
