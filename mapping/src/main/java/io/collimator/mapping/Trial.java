package io.collimator.mapping;

import java.util.Optional;

/**
 * A source that a rule asked and that gave no value.
 *
 * @param rule index in the definition
 * @param fate why: never {@code MADE} nor {@code SOURCE_EMPTY}
 * @param code that was looked up, "" when none was; codes of senders are no patient data
 * @param row of the table that has the code
 */
record Trial(int rule, Source source, Provenance.Fate fate, String code, Optional<ValueTable.Row> row) {}
