package io.collimator.persistence;

import io.collimator.workflow.order.SentFields;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of the column {@code sent_fields}: a line NAME=VALUE for each field. */
final class SentFieldsText {

    private SentFieldsText() {}

    static @Nullable String write(SentFields sent) {
        return sent.values().isEmpty()
                ? null
                : ColumnText.storable(new TreeMap<>(sent.values())
                        .entrySet().stream()
                                .map(field -> field.getKey() + "=" + field.getValue())
                                .collect(Collectors.joining("\n")));
    }

    static SentFields read(@Nullable String text) {
        if (text == null) {
            return SentFields.NONE;
        }
        Map<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int sign = line.indexOf('=');
            if (sign > 0) {
                values.put(line.substring(0, sign), line.substring(sign + 1));
            }
        });
        return new SentFields(values);
    }
}
