package io.collimator.workflow.usecase;

/** A message stops an order that is not known; that has to be remembered before the message is judged again. */
final class UnknownOrderStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownOrderStoppedException() {
        super("The order is not known yet.");
    }
}
