package io.collimator.dicom.net.fsm;

/** An event that cannot happen in a state: a fault of ours, not of the peer. */
public final class InvalidEventException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    InvalidEventException(FsmEvent event, FsmState state) {
        super("Event %s is not defined in state %s (PS3.8 Table 9-10); the caller must check the state first."
                .formatted(event, state));
    }
}
