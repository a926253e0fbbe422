package io.collimator.workflow.order;

/** What a sender's profile decides about its orders. */
public record OrderPolicies(StudyUid studyUid, UnknownChange unknownChange, UnknownCancel unknownCancel) {

    /** What holds for a sender whose profile says nothing else. */
    public static final OrderPolicies STANDARD =
            new OrderPolicies(StudyUid.DERIVE, UnknownChange.CREATE, UnknownCancel.REFUSE);

    /** Where the Study Instance UID comes from. */
    public enum StudyUid {
        /** Derived when the message carries none; one that is no UID is refused. */
        DERIVE,
        /** A new order without one is refused. */
        REQUIRE,
        /** Derived when the message carries none, or one that is no UID. */
        REPLACE_INVALID
    }

    /** What a change of an unknown order does. */
    public enum UnknownChange {
        /** It is taken as a new order. */
        CREATE,
        REFUSE
    }

    /** How a cancellation of an unknown order is answered; it is remembered either way. */
    public enum UnknownCancel {
        REFUSE,
        ACCEPT
    }
}
