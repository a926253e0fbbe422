package io.collimator.workflow.worklist;

/**
 * What a text column has to have for an entry to come into question.
 *
 * @param text literal, without wildcards
 */
public record TextFilter(Kind kind, String text) {

    /** Where the text has to be. */
    public enum Kind {
        /** It is all of the value. */
        EQUAL,
        /** The value begins with it. */
        PREFIX,
        /** The value has it somewhere. */
        INFIX
    }

    /** Says nothing of the value. */
    @Override
    public String toString() {
        return "TextFilter[" + kind + "]";
    }
}
