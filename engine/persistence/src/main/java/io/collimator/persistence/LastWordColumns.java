package io.collimator.persistence;

import io.collimator.workflow.order.LastWord;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a last word, null together when nothing was said. */
@Embeddable
record LastWordColumns(
        @Nullable String sender,
        @Nullable Instant transactionTime,
        @Nullable Instant messageTime) {

    static LastWordColumns of(LastWord word) {
        return new LastWordColumns(ColumnText.storable(word.sender()), word.transactionTime(), word.messageTime());
    }

    Optional<LastWord> toWord() {
        return sender == null ? Optional.empty() : Optional.of(new LastWord(sender, transactionTime, messageTime));
    }
}
