package io.collimator.persistence;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of a column that holds values by name: a line NAME=VALUE each; a backslash and a line end are written as \\, \r and \n. */
final class NamedValues {

    private NamedValues() {}

    static String write(Map<String, String> values) {
        return ColumnText.storable(new TreeMap<>(values)
                .entrySet().stream()
                        .map(value -> value.getKey() + "="
                                + value.getValue()
                                        .replace("\\", "\\\\")
                                        .replace("\r", "\\r")
                                        .replace("\n", "\\n"))
                        .collect(Collectors.joining("\n")));
    }

    static Map<String, String> read(String text) {
        Map<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int sign = line.indexOf('=');
            if (sign > 0) {
                values.put(line.substring(0, sign), plain(line.substring(sign + 1)));
            }
        });
        return values;
    }

    private static String plain(String written) {
        StringBuilder plain = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length()) {
                i++;
                char escaped = written.charAt(i);
                plain.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
