package io.collimator.engine.reload;

import io.collimator.mapping.MappedAppointment;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedPatients;
import io.collimator.mapping.MappingComparison;
import java.util.List;

/**
 * What a message would become by a mapping, as far as the mapping knows: what is stored is not looked at.
 *
 * @param kind type and event; "" when there is no MSH
 * @param refusal why the message would be refused; "" when it would be taken
 * @param result what it became, also when the engine would refuse that
 * @param notices the {@code collimator.status} text of each step that it schedules, in order; "" where none is sent
 */
record Trial(String kind, String refusal, Result result, List<String> notices) {

    Trial {
        notices = List.copyOf(notices);
    }

    /** One of the kinds of messages. */
    sealed interface Result {}

    record Orders(MappedMessage mapped) implements Result {}

    record Patients(MappedPatients mapped) implements Result {}

    record Appointment(MappedAppointment mapped) implements Result {}

    /** No rule has a part in it: a result, or a message that is refused or ignored. */
    record Nothing() implements Result {}

    boolean isRefused() {
        return !refusal.isEmpty();
    }

    /** What another mapping makes different. */
    MappingComparison compareTo(Trial candidate) {
        if (isRefused() != candidate.isRefused()
                && result instanceof Orders before
                && candidate.result() instanceof Orders after) {
            return MappingComparison.compare(before.mapped(), after.mapped(), List.of(refusal, candidate.refusal()));
        } else if (isRefused() || candidate.isRefused()) {
            return MappingComparison.ofRefusals(refusal, candidate.refusal());
        } else if (result instanceof Orders before && candidate.result() instanceof Orders after) {
            return MappingComparison.compare(before.mapped(), after.mapped());
        } else if (result instanceof Patients before && candidate.result() instanceof Patients after) {
            return MappingComparison.compare(before.mapped(), after.mapped());
        } else if (result instanceof Appointment before && candidate.result() instanceof Appointment after) {
            return MappingComparison.compare(before.mapped(), after.mapped());
        }
        return result instanceof Nothing == candidate.result() instanceof Nothing
                ? MappingComparison.ofRefusals("", "")
                : new MappingComparison(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(result instanceof Nothing ? "taken, was ignored" : "ignored, was taken"));
    }
}
