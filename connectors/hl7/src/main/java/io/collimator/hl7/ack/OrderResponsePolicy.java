package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Message;
import java.util.Locale;

/** Whether a sender of orders gets an order response (ORR, ORG, ORI) instead of a plain ACK. */
public enum OrderResponsePolicy {
    /** As ORC-6 of the request says. */
    AS_ASKED,
    ALWAYS,
    NEVER;

    /**
     * Whether one is to be written.
     *
     * @param responseFlag ORC-6 of the first order (table 0121): R, D and F ask for one, E only on refusal, N and "" do not
     * @param refused whether the message is refused
     */
    public boolean wants(String responseFlag, boolean refused) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AS_ASKED ->
                switch (responseFlag.strip().toUpperCase(Locale.ROOT)) {
                    case "R", "D", "F" -> true;
                    case "E" -> refused;
                    default -> false;
                };
        };
    }

    /** The same for a whole request; one without an order gets none. */
    public boolean wants(Hl7Message request, boolean refused) {
        return request.first("ORC")
                .filter(order -> wants(order.value(6).orEmpty(), refused))
                .isPresent();
    }
}
