package io.collimator.engine.destination;

/** Nothing is sent any more, because the engine stops. */
public final class EngineStopsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineStopsException() {
        super("The engine stops; the message stays on its queue.");
    }
}
