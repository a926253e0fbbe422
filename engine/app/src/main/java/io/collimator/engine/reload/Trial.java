package io.collimator.engine.reload;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.mapping.MappedAppointment;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedPatients;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.MappingComparison;
import io.collimator.mapping.OrderNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a message would become by a mapping, as far as the mapping knows: what is stored is not looked at.
 *
 * @param kind type and event; "" when there is no MSH
 * @param profile name of the sender's profile
 * @param terms what the profile makes of the message beside its mapping, by key of {@code senders.yaml}
 * @param refusal why the message would be refused; "" when it would be taken
 * @param result what it became, also when the engine would refuse that
 * @param notices the {@code collimator.status} text of each step that it schedules, in order; "" where none is sent
 */
record Trial(
        String kind, String profile, Map<String, String> terms, String refusal, Result result, List<String> notices) {

    Trial {
        terms = Collections.unmodifiableMap(new TreeMap<>(terms));
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
        return compareResults(candidate).withOutcomes(profiles(candidate));
    }

    private MappingComparison compareResults(Trial candidate) {
        boolean isRefused = isRefused() || candidate.isRefused();
        if (result instanceof Orders before && candidate.result() instanceof Orders after) {
            return isRefused
                    ? MappingComparison.compare(before.mapped(), after.mapped(), List.of(refusal, candidate.refusal()))
                    : MappingComparison.compare(before.mapped(), after.mapped());
        } else if (isRefused) {
            return MappingComparison.ofRefusals(refusal, candidate.refusal());
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

    private List<String> profiles(Trial candidate) {
        List<String> outcomes = new ArrayList<>();
        if (!profile.equals(candidate.profile())) {
            outcomes.add("read by the profile %s, was %s".formatted(candidate.profile(), profile));
        }
        Set<String> keys = new TreeSet<>(terms.keySet());
        keys.addAll(candidate.terms().keySet());
        for (String key : keys) {
            String before = terms.getOrDefault(key, "");
            String after = candidate.terms().getOrDefault(key, "");
            if (!before.equals(after)) {
                outcomes.add("%s: %s, was %s".formatted(key, after, before));
            }
        }
        return outcomes;
    }

    /** The steps that an order message brings or changes, told apart over several messages. */
    List<Optional<String>> stepKeys() {
        return result instanceof Orders orders
                ? orders.mapped().steps().stream().map(Trial::stepKey).toList()
                : List.of();
    }

    private static Optional<String> stepKey(MappedStep step) {
        OrderNumbers numbers = step.event().numbers();
        String order = numbers.filler().isEmpty()
                ? numbers.placer() + "^" + numbers.placerIssuer()
                : numbers.filler() + "^" + numbers.fillerIssuer();
        String stepId =
                step.complete().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID);
        return step.action().bringsStep()
                ? Optional.of(order + "|" + (stepId.isEmpty() ? "#" + step.number() : stepId))
                : Optional.empty();
    }
}
