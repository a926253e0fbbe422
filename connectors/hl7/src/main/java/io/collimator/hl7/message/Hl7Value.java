package io.collimator.hl7.message;

/**
 * A field, component or subcomponent as an update sees it (HL7 v2.5.1 §2.5.3): not there means "as it was", two double
 * quotes mean "delete it".
 */
public sealed interface Hl7Value {

    /** Nothing was sent. */
    record Absent() implements Hl7Value {}

    /** {@code ""} was sent. */
    record Cleared() implements Hl7Value {}

    /** A value, unescaped; never empty. */
    record Text(String text) implements Hl7Value {

        /** Redacted: values may be patient data. */
        @Override
        public String toString() {
            return "Text[" + text.length() + "]";
        }
    }

    /** The value for text as the message holds it between two delimiters. */
    static Hl7Value of(String content) {
        if (content.isEmpty()) {
            return new Absent();
        }
        return content.equals("\"\"") ? new Cleared() : new Text(content);
    }

    default boolean isAbsent() {
        return this instanceof Absent;
    }

    default boolean isCleared() {
        return this instanceof Cleared;
    }

    /** The text; "" when absent or cleared. */
    default String orEmpty() {
        return this instanceof Text value ? value.text() : "";
    }
}
