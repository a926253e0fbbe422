package io.collimator.engine.destination;

import io.collimator.camel.watch.StepFailure;

/**
 * Why something did not get to its destination.
 *
 * @param reason for people: who, and what happened; without patient data
 * @param receiverSays the receiver's own words, empty when it said nothing; may hold patient data
 * @param answer what it answered, as it came; may be empty
 */
public record DeliveryFailure(String reason, String receiverSays, byte[] answer) {

    public DeliveryFailure {
        answer = answer.clone();
    }

    public static DeliveryFailure of(String reason) {
        return new DeliveryFailure(reason, "", new byte[0]);
    }

    /** What a step of a route ran into. */
    public static DeliveryFailure of(StepFailure failure) {
        return failure.answer()
                .map(answer -> new DeliveryFailure(failure.reason(), answer.receiverSays(), answer.answer()))
                .orElseGet(() -> of(failure.reason()));
    }

    @Override
    public byte[] answer() {
        return answer.clone();
    }

    @Override
    public String toString() {
        return "DeliveryFailure[" + reason + "]";
    }
}
