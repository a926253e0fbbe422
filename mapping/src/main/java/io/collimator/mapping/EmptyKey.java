package io.collimator.mapping;

/**
 * A key of the worklist that got no value, and why.
 *
 * @param keyword of PS3.4 Table K.6-1, keywords joined by dots
 * @param ruleId the last rule that could have made it and whose source was sent, "" when there is none
 * @param text what a person reads: which fields were empty, which code was in no table
 */
public record EmptyKey(String keyword, Reason reason, String ruleId, String text) {

    /** Why there is no value. */
    public enum Reason {
        /** No rule makes it. */
        NO_RULE,
        /** The fields that the rule reads were not sent. */
        SOURCE_EMPTY,
        /** The message deletes the value. */
        CLEARED,
        /** The code is in no row of the table, or the row says nothing. */
        NOT_IN_TABLE,
        /** The condition of the rule does not hold. */
        CONDITION_FALSE,
        /** The field could not be read; there is a warning. */
        UNREADABLE,
        /** A table says that there is no value, or a date stands without the time. */
        EMPTIED,
        /** The field was sent without the part that the value is made of. */
        NOTHING_USABLE,
        /** The engine fills it, whatever the message says. */
        BY_ENGINE
    }
}
