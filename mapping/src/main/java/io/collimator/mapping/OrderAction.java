package io.collimator.mapping;

/** What an order message asks for, whatever codes the sender says it with (HL7 v2.5.1 table 0119). */
public enum OrderAction {
    /** A new order, or one that was sent before. */
    NEW,
    /** The order is changed. */
    UPDATE,
    /** The order shall be cancelled; it may be too late. */
    CANCEL_REQUEST,
    /** The order is cancelled: a fact. */
    CANCELLED,
    /** The order shall be ended, begun or not. */
    DISCONTINUE_REQUEST,
    /** The order is ended: a fact. */
    DISCONTINUED,
    /** The order waits and is shown to no one. */
    HOLD,
    /** The order waits no longer. */
    RELEASE,
    /** The order gives way to the next one of the message. */
    REPLACED,
    /** The order takes the place of the one before it, or of the one in ORC-8. */
    REPLACEMENT,
    /** An order that only holds others together: no step. */
    PARENT,
    /** An order under the parent in ORC-8. */
    CHILD,
    /** The status of the order or of its step is told or asked for. */
    STATUS,
    /** The other side gives its order number. */
    NUMBER_ASSIGNED,
    /** Kept and acknowledged, without effect. */
    NOTE;

    /** Whether it brings a scheduled step, or changes what one says. */
    public boolean bringsStep() {
        return this == NEW || this == UPDATE || this == REPLACEMENT || this == CHILD;
    }
}
