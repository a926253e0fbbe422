package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.remote.RemoteEngine.Answer;
import io.collimator.engine.reload.SetCheck;
import java.io.PrintWriter;

/** What became of a change of the mapping, for people. */
public final class ChangeText {

    private final PrintWriter out;
    private final PrintWriter err;
    private final String takeOver;

    /** @param takeOver said below golden cases that fail: how their new results are taken over */
    public ChangeText(PrintWriter out, PrintWriter err, String takeOver) {
        this.out = out;
        this.err = err;
        this.takeOver = takeOver;
    }

    /** Returns the exit code: 0 when it runs or would, 1 when nothing was changed because something is wrong. */
    public int print(Answer answer) {
        JsonNode json = answer.json();
        if (!answer.isOk()) {
            json.path("findings").forEach(finding -> err.println("error: " + finding(finding)));
            if (json.path("findings").findValuesAsText("field").contains(SetCheck.GOLDEN_CASE)) {
                err.println(takeOver);
            }
            err.println("collimator: " + Printable.of(answer.detail()));
            return 1;
        }
        int version = json.path("version").asInt();
        switch (json.path("result").asText()) {
            case "unchanged" -> out.printf("No change: version %d runs already.%n", version);
            case "dry-run" -> {
                effect(json);
                out.printf("Dry run: the mapping is in order; version %d runs on.%n", version);
            }
            default -> {
                effect(json);
                json.path("notes").forEach(note -> out.println("note: " + Printable.of(note.asText())));
                out.printf("Version %d runs.%n", version);
            }
        }
        return 0;
    }

    /** As {@code check} writes it. */
    public static String finding(JsonNode finding) {
        String found = Printable.text(finding, "found");
        int line = finding.path("line").asInt();
        return "%s%s: %s%s: %s"
                .formatted(
                        Printable.text(finding, "file"),
                        line > 0 ? ":" + line : "",
                        Printable.text(finding, "field"),
                        found.isEmpty() ? "" : " = \"" + found + "\"",
                        Printable.text(finding, "fix"));
    }

    private void effect(JsonNode json) {
        json.path("diff").forEach(line -> out.println(Printable.of(line.asText())));
        ComparisonText.changed(json.path("effects")).print(out);
        authorities(json.path("authorities"));
    }

    /** Which patients become one, or are no longer found, is what a person must have seen before. */
    private void authorities(JsonNode json) {
        if (json.path("renamed").asInt() > 0) {
            out.printf(
                    "Authorities: %d patient numbers are renamed, %d of them become one with another patient:%n",
                    json.path("renamed").asInt(), json.path("joined").asInt());
            json.path("patients")
                    .forEach(patient -> out.printf(
                            "  %s: %s becomes %s%s%n",
                            Printable.text(patient, "id"),
                            Printable.text(patient, "before"),
                            Printable.text(patient, "after"),
                            patient.path("joins").asBoolean()
                                    ? ", which is a patient already: the two become one"
                                    : ""));
        }
        for (JsonNode part : json.path("parted")) {
            String sender = Printable.text(part, "sender");
            out.printf(
                    "Authorities: messages that say %s%s no longer find %d patients stored under %s:%n",
                    Printable.text(part, "called"),
                    sender.isEmpty() ? "" : " (sender " + sender + ")",
                    part.path("count").asInt(),
                    Printable.text(part, "before"));
            part.path("patients").forEach(id -> out.println("  " + Printable.of(id.asText())));
        }
    }
}
