package io.collimator.workflow.order;

import java.util.List;

/**
 * What a sender's profile decides about its orders.
 *
 * @param accessionFields where its accession number stands, in order; none: where the standard has it, or else the filler
 *     order number takes its place
 */
public record OrderPolicies(
        StudyUid studyUid, UnknownChange unknownChange, UnknownCancel unknownCancel, List<NamedField> accessionFields) {

    /** What holds for a sender whose profile says nothing else. */
    public static final OrderPolicies STANDARD =
            new OrderPolicies(StudyUid.DERIVE, UnknownChange.CREATE, UnknownCancel.REFUSE);

    public OrderPolicies {
        accessionFields = List.copyOf(accessionFields);
    }

    /** For a sender whose accession number stands where the standard has it. */
    public OrderPolicies(StudyUid studyUid, UnknownChange unknownChange, UnknownCancel unknownCancel) {
        this(studyUid, unknownChange, unknownCancel, List.of());
    }

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
