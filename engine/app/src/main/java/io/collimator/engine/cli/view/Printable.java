package io.collimator.engine.cli.view;

import com.fasterxml.jackson.databind.JsonNode;

/** Text of a foreign system as a terminal may have it. */
public final class Printable {

    private Printable() {}

    /** The member as one line without control characters; "" when there is none. */
    static String text(JsonNode node, String member) {
        return of(node.path(member).asText(""));
    }

    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
