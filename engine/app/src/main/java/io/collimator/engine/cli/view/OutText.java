package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.messaging.Queues;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What waits to go out as the API tells it, for people. */
public final class OutText {

    private final List<JsonNode> items = new ArrayList<>();
    private final String names;

    /** @param destination only this one, by its name or that of its queue; null: all */
    public OutText(JsonNode answer, @Nullable String destination) {
        List<String> all = new ArrayList<>();
        answer.path("items").forEach(item -> {
            all.add(item.path("destination").asText());
            String queue = item.path("queue").asText("");
            if (destination == null
                    || item.path("destination").asText().equals(destination)
                    || Queues.isNamed(queue, destination)) {
                items.add(item);
            }
        });
        names = String.join(", ", all);
    }

    /** Whether the destination is there that was asked for. */
    public boolean isKnown() {
        return !items.isEmpty() || names.isEmpty();
    }

    public String names() {
        return names;
    }

    public JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("items");
        items.forEach(array::add);
        return json;
    }

    public void print(PrintWriter out) {
        if (items.isEmpty()) {
            out.println("No route delivers anything, and no archive is asked.");
        }
        for (JsonNode item : items) {
            String reason = Printable.text(item, "reason");
            out.printf(
                    "%s: %s%s, %s messages wait%s%n",
                    Printable.text(item, "destination"),
                    Printable.text(item, "state"),
                    item.path("since").isNull() ? "" : " since " + Printable.text(item, "since"),
                    item.path("waiting").isNull()
                            ? "an unknown number of"
                            : item.path("waiting").asText(),
                    reason.isEmpty() ? "" : ": " + reason);
            held(item, out);
            deadLetters(item, out);
        }
    }

    private static void held(JsonNode item, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        item.path("held")
                .forEach(line -> rows.add(List.of(
                        "  " + Printable.text(line, "name"),
                        Printable.text(line, "state"),
                        Printable.text(line, "since"),
                        Printable.text(line, "attempts"),
                        Printable.text(line, "messages"),
                        Printable.text(line, "reason"))));
        if (!rows.isEmpty()) {
            TextTable.print(List.of("  ACCESSION", "STATE", "SINCE", "ATTEMPTS", "MESSAGES", "REASON"), rows, out);
        }
    }

    private static void deadLetters(JsonNode item, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        item.path("deadLetters")
                .forEach(letter -> rows.add(List.of(
                        "  " + Printable.text(letter, "accessionNumber"),
                        Printable.text(letter, "eventType"),
                        Printable.text(letter, "at"),
                        List.of(Printable.text(letter, "reason"), Printable.text(letter, "receiverSays")).stream()
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining(" It says: ")))));
        if (!rows.isEmpty()) {
            TextTable.print(List.of("  DEAD LETTER", "EVENT", "SINCE", "REASON"), rows, out);
        }
    }
}
