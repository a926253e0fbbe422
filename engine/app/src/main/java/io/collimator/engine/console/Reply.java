package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param headers besides those that every answer has
 */
record Reply(int status, String mediaType, JsonNode body, Map<String, String> headers) {

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            404, "Not Found",
            405, "Method Not Allowed",
            413, "Content Too Large",
            500, "Internal Server Error",
            503, "Service Unavailable");

    static Reply json(JsonNode body) {
        return new Reply(200, "application/json", body, Map.of());
    }

    /** Problem details (RFC 9457); further members may be added to its body. */
    static Reply problem(int status, String detail, String path) {
        return problem(status, detail, path, Map.of());
    }

    static Reply problem(int status, String detail, String path, Map<String, String> headers) {
        return new Reply(status, "application/problem+json", problemBody(status, detail, path), headers);
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
}
