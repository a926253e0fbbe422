package io.collimator.workflow.order;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who said something of an order, and when by the sender's clock. Only words of one sender can be compared: ORC-9 decides
 * where both have one, else MSH-7; to the same moment belongs what cannot be told apart.
 *
 * @param sender MSH-3 and MSH-4
 * @param transactionTime ORC-9, null when not said
 * @param messageTime MSH-7, null when not said
 */
public record LastWord(
        String sender,
        @Nullable Instant transactionTime,
        @Nullable Instant messageTime) {

    /** A clock that runs ahead by more is not believed: one message from it would make all later ones old. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** What a message says, without times that lie in the future. */
    public static LastWord of(Reception reception, @Nullable Instant transactionTime) {
        Instant latest = reception.receivedAt().plus(AHEAD);
        return new LastWord(
                reception.key().sender(), credible(transactionTime, latest), credible(reception.messageTime(), latest));
    }

    /** What is for sure older than what the same sender said before. */
    public boolean isOlderThan(LastWord other) {
        return sender.equals(other.sender) && compareTimes(other) < 0;
    }

    /** What is for sure newer than what the same sender said before. */
    public boolean isNewerThan(LastWord other) {
        return sender.equals(other.sender) && compareTimes(other) > 0;
    }

    /** What holds after this word came after the other: a time that it does not say stays. */
    public LastWord after(@Nullable LastWord other) {
        if (other == null || !other.sender.equals(sender)) {
            return this;
        }
        return new LastWord(
                sender,
                transactionTime != null ? transactionTime : other.transactionTime,
                messageTime != null ? messageTime : other.messageTime);
    }

    private int compareTimes(LastWord other) {
        int byTransaction = compare(transactionTime, other.transactionTime);
        return byTransaction != 0 ? byTransaction : compare(messageTime, other.messageTime);
    }

    private static int compare(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other == null ? 0 : one.compareTo(other);
    }

    private static @Nullable Instant credible(@Nullable Instant time, Instant latest) {
        return time == null || time.isAfter(latest) ? null : time;
    }
}
