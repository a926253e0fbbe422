package io.collimator.dicom.json;

import java.util.List;
import java.util.Map;

/** A value of JSON (RFC 8259 §3). */
sealed interface JsonValue {

    record Members(Map<String, JsonValue> byName) implements JsonValue {}

    record Array(List<JsonValue> values) implements JsonValue {}

    record Text(String value) implements JsonValue {}

    /** @param digits as they stand there, so that nothing is rounded */
    record Digits(String digits) implements JsonValue {}

    enum Literal implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }
}
