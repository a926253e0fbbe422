package io.collimator.workflow.order;

/**
 * What a group of an order message asks for or tells. The order control table decides it from ORC-1 and ORC-5 (HL7 v2.5.1
 * §4.5.1.1, tables 0119 and 0038) before the message comes here.
 */
public enum OrderAction {
    /** A new order; one that is there and has not begun is changed. */
    NEW,
    /** A change; what becomes of an unknown order is the sender's policy. */
    UPDATE,
    /** A request to cancel; refused once a step has begun. */
    CANCEL_REQUEST,
    /** Cancelled already: a fact, not a request. */
    CANCELLED,
    /** A request to discontinue: cancels what has not begun and flags the rest. */
    DISCONTINUE_REQUEST,
    /** Discontinued already: a fact, not a request. */
    DISCONTINUED,
    /** Off the worklist until it is released; refused once a step has begun. */
    HOLD,
    /** Ends a hold. */
    RELEASE,
    /** The order is replaced by the one that follows. */
    REPLACED,
    /** The order that takes the place of a replaced one. */
    REPLACEMENT,
    /** An order that only holds others together; it has no step. */
    PARENT,
    /** An order that belongs to a parent. */
    CHILD,
    /** The order's side tells a status. */
    STATUS,
    /** The placer has given the order its number. */
    NUMBER_ASSIGNED,
    /** To be accepted, and nothing changes. */
    NOTE;

    /** Whether it brings a scheduled step, or changes what one says. */
    public boolean bringsStep() {
        return this == NEW || this == UPDATE || this == REPLACEMENT || this == CHILD;
    }

    /** Whether it stops an order, so that it is worth remembering when it comes before its order. */
    public boolean stopsOrder() {
        return this == CANCEL_REQUEST || this == CANCELLED || this == DISCONTINUE_REQUEST || this == DISCONTINUED;
    }
}
