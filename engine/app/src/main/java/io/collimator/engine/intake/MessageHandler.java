package io.collimator.engine.intake;

/** Handles the messages of one kind: all of what one says commits, or nothing. */
public interface MessageHandler {

    /**
     * Handles a message whose header was accepted.
     *
     * @throws io.collimator.hl7.outcome.Hl7RejectedException when its content is wrong
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    HandledMessage handle(MessageToHandle message);
}
