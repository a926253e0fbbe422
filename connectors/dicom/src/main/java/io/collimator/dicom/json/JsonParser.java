package io.collimator.dicom.json;

import io.collimator.dicom.data.DicomDataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one text of JSON to the letter of RFC 8259, with bounds on depth and on the number of values. Used once. */
final class JsonParser {

    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,30})(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,4})?");

    private final String text;
    private final int maxDepth;
    private final int maxValues;
    private int position;
    private int values;

    JsonParser(String text, int maxDepth, int maxValues) {
        this.text = text;
        this.maxDepth = maxDepth;
        this.maxValues = maxValues;
    }

    JsonValue parse() {
        JsonValue value = readValue(1);
        skipSpace();
        if (position < text.length()) {
            throw failure("nothing may follow the first value");
        }
        return value;
    }

    private JsonValue readValue(int depth) {
        values++;
        if (values > maxValues) {
            throw failure("there are more than %d values, which is the limit of what is accepted".formatted(maxValues));
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> readMembers(depth);
            case '[' -> readArray(depth);
            case '"' -> new JsonValue.Text(readText());
            case 't' -> readLiteral("true", JsonValue.Literal.TRUE);
            case 'f' -> readLiteral("false", JsonValue.Literal.FALSE);
            case 'n' -> readLiteral("null", JsonValue.Literal.NULL);
            default -> readNumber();
        };
    }

    private JsonValue readMembers(int depth) {
        checkDepth(depth);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        expect('{');
        if (isNext('}')) {
            return new JsonValue.Members(members);
        }
        do {
            skipSpace();
            int start = position;
            String name = readText();
            skipSpace();
            expect(':');
            if (members.put(name, readValue(depth + 1)) != null) {
                position = start;
                throw failure("a name stands twice in one object");
            }
        } while (hasAnother('}'));
        return new JsonValue.Members(members);
    }

    private JsonValue readArray(int depth) {
        checkDepth(depth);
        List<JsonValue> array = new ArrayList<>();
        expect('[');
        if (isNext(']')) {
            return new JsonValue.Array(array);
        }
        do {
            array.add(readValue(depth + 1));
        } while (hasAnother(']'));
        return new JsonValue.Array(array);
    }

    private boolean isNext(char end) {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        position++;
        return true;
    }

    private boolean hasAnother(char end) {
        skipSpace();
        char next = peek();
        if (next != ',' && next != end) {
            throw failure("a comma or %s must follow".formatted(end));
        }
        position++;
        return next == ',';
    }

    private JsonValue readLiteral(String word, JsonValue.Literal literal) {
        if (!text.startsWith(word, position)) {
            throw failure("a value must stand there");
        }
        position += word.length();
        return literal;
    }

    private JsonValue readNumber() {
        Matcher matcher = NUMBER.matcher(text).region(position, Math.min(text.length(), position + 80));
        if (!matcher.lookingAt()) {
            throw failure("a value must stand there");
        }
        position = matcher.end();
        return new JsonValue.Digits(matcher.group());
    }

    private String readText() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char next = text.charAt(position++);
            if (next < 0x20) {
                throw failure("a control character must be escaped");
            }
            value.append(next == '\\' ? readEscape() : next);
        }
        position++;
        return value.toString();
    }

    private char readEscape() {
        char escaped = peek();
        position++;
        return switch (escaped) {
            case '"', '\\', '/' -> escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readUnicode();
            default -> throw failure("a backslash begins an escape that JSON does not have");
        };
    }

    private char readUnicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw failure("four hexadecimal digits must follow \\u");
            }
            code = code << 4 | digit;
            position++;
        }
        return (char) code;
    }

    private void checkDepth(int depth) {
        if (depth > maxDepth) {
            throw failure("values are nested more than %d deep, which is the limit".formatted(maxDepth));
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw failure("%s must stand there".formatted(wanted));
        }
        position++;
    }

    private char peek() {
        if (position >= text.length()) {
            throw failure("the text is cut off");
        }
        return text.charAt(position);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private DicomDataException failure(String problem) {
        return new DicomDataException("This is no JSON of RFC 8259: at character %d, %s.".formatted(position, problem));
    }
}
