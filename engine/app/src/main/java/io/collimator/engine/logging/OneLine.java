package io.collimator.engine.logging;

/**
 * Text from outside as one line of a log: control characters, line and paragraph separators and what turns the direction of
 * writing become visible escapes, so that a value can neither begin a line of its own nor steer a terminal.
 */
final class OneLine {

    private OneLine() {}

    static String of(String text) {
        if (text.chars().noneMatch(OneLine::isHarmful)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.chars().forEach(character -> {
            if (isHarmful(character)) {
                line.append(escaped((char) character));
            } else {
                line.append((char) character);
            }
        });
        return line.toString();
    }

    private static boolean isHarmful(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> character != '\t';
            // bidirectional embeddings, overrides and isolates (Unicode Standard Annex #9)
            case Character.FORMAT -> character >= 0x202A && character <= 0x2069;
            default -> false;
        };
    }

    private static String escaped(char character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format("\\u%04X", (int) character);
        };
    }
}
