package io.collimator.workflow.patient;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ADT events that tell of one patient (HL7 v2.5.1 §3.3) and how far each of them reaches. */
public enum PatientEvent {
    ADMIT("A01", Scope.ALL, VisitStatus.ADMITTED),
    TRANSFER("A02", Scope.VISIT, null),
    /** What is ordered stays ordered, and the location is where the patient was last. */
    DISCHARGE("A03", Scope.VISIT, VisitStatus.DISCHARGED),
    REGISTER("A04", Scope.ALL, VisitStatus.ADMITTED),
    PREADMIT("A05", Scope.ALL, VisitStatus.SCHEDULED),
    TO_INPATIENT("A06", Scope.VISIT, null),
    TO_OUTPATIENT("A07", Scope.VISIT, null),
    UPDATE("A08", Scope.ALL, null),
    ARRIVE("A10", Scope.VISIT, VisitStatus.ADMITTED),
    /** The visit never was: whatever the message repeats of it is taken away. */
    CANCEL_ADMIT("A11", Scope.NO_VISIT, null),
    /** Carries the location before the transfer. */
    CANCEL_TRANSFER("A12", Scope.VISIT, null),
    /** Carries the location after the discharge was taken back. */
    CANCEL_DISCHARGE("A13", Scope.VISIT, VisitStatus.ADMITTED),
    ADD_PERSON("A28", Scope.ALL, null),
    UPDATE_PERSON("A31", Scope.ALL, null),
    CANCEL_PREADMIT("A38", Scope.NO_VISIT, null);

    /** What of the message changes a known patient; an unknown one is recorded with all that is carried. */
    public enum Scope {
        /** Demographics and visit. */
        ALL,
        /** The visit alone: demographics that changed too come in an A08. */
        VISIT,
        /** Nothing of it, and the visit is cleared. */
        NO_VISIT
    }

    /** Visit Status ID (0038,0008), PS3.3 §C.3.3. */
    public enum VisitStatus {
        SCHEDULED,
        ADMITTED,
        DISCHARGED
    }

    private final String trigger;
    private final Scope scope;
    private final @Nullable VisitStatus visitStatus;

    PatientEvent(String trigger, Scope scope, @Nullable VisitStatus visitStatus) {
        this.trigger = trigger;
        this.scope = scope;
        this.visitStatus = visitStatus;
    }

    /** The event of a trigger (MSH-9.2), empty when it is none of these. */
    public static Optional<PatientEvent> of(String trigger) {
        return Arrays.stream(values())
                .filter(event -> event.trigger.equals(trigger.strip()))
                .findFirst();
    }

    /** MSH-9.2. */
    public String trigger() {
        return trigger;
    }

    public Scope scope() {
        return scope;
    }

    /** What the visit becomes by it, empty when it says nothing of that. */
    public Optional<VisitStatus> visitStatus() {
        return Optional.ofNullable(visitStatus);
    }

    /** Whether the patient came in by it. */
    public boolean isArrival() {
        return this == REGISTER || this == ARRIVE;
    }
}
