package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a request of a dcmjs-dimse peer ended.
 *
 * @param outcome {@code answered}, {@code rejected}, {@code context-rejected}, {@code aborted} or {@code closed}
 * @param status of the response; -1 without one
 * @param errorId (0000,0903); 0 without one
 * @param instance Affected SOP Instance UID of the response, "" without one
 * @param matches data sets of a C-FIND, as objects by keyword
 * @param line everything that the peer said about it
 */
public record PeerAnswer(
        String outcome, int status, int errorId, String instance, List<JsonNode> matches, JsonNode line) {

    static PeerAnswer of(JsonNode line) {
        List<JsonNode> matches = new ArrayList<>();
        line.path("matches").forEach(matches::add);
        return new PeerAnswer(
                line.path("outcome").asText(),
                line.path("status").asInt(-1),
                line.path("errorId").asInt(0),
                line.path("instance").asText(""),
                List.copyOf(matches),
                line);
    }

    public boolean isSuccess() {
        return "answered".equals(outcome) && status == 0;
    }

    /** Reason of an A-ASSOCIATE-RJ as {@code result/source/reason}, "" when there was none. */
    public String rejection() {
        return "rejected".equals(outcome)
                ? line.path("result").asInt() + "/" + line.path("source").asInt() + "/"
                        + line.path("reason").asInt()
                : "";
    }
}
