package io.collimator.engine.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param headers besides those that every answer has
 */
record Reply(int status, String mediaType, byte[] body, Map<String, String> headers) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(300, "Multiple Choices"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    static Reply json(JsonNode body) {
        return new Reply(200, "application/json", bytes(body), Map.of());
    }

    /** Problem details (RFC 9457). */
    static Reply problem(int status, String detail, String path) {
        return problem(status, detail, path, Map.of());
    }

    static Reply problem(int status, String detail, String path, Map<String, String> headers) {
        return new Reply(status, "application/problem+json", bytes(problemBody(status, detail, path)), headers);
    }

    /** Problem details with further members; made from {@link #problemBody}. */
    static Reply problem(int status, JsonNode body) {
        return new Reply(status, "application/problem+json", bytes(body), Map.of());
    }

    static ObjectNode problemBody(int status, String detail, String path) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Error"))
                .put("status", status)
                .put("detail", detail)
                .put("instance", path);
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers cannot be written as JSON.", e);
        }
    }
}
