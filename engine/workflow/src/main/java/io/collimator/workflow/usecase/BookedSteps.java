package io.collimator.workflow.usecase;

import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.usecase.OrderedProcedure.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The steps of an order that each service of an appointment is about (HL7 v2.5.1 §10.4.1): by what is to be done, and by
 * position only where no service says it. One service that says nothing is about all of them.
 */
final class BookedSteps {

    private static final int SERVICE = 3;

    private final List<Service> services;
    private final List<Candidate> steps;
    private final List<List<Candidate>> ofServices = new ArrayList<>();

    /**
     * Finds them.
     *
     * @throws OrderRefusedException 204 when no service fits a step, 101 when it cannot be told which
     */
    BookedSteps(List<Service> services, List<Candidate> steps) {
        this.services = services;
        this.steps = steps;
        services.forEach(
                service -> ofServices.add(OrderedProcedure.of(service.entry()).lastingMeant(steps)));
        boolean isSilent = ofServices.stream().allMatch(List::isEmpty);
        if (isSilent && !services.isEmpty()) {
            share();
        } else {
            part();
        }
    }

    /** Of the service with this index; empty when it fits none, while others do. */
    List<Candidate> of(int service) {
        return ofServices.get(service);
    }

    /** Indexes of the services that fit no step. */
    Set<Integer> unfit() {
        return IntStream.range(0, ofServices.size())
                .filter(service -> ofServices.get(service).isEmpty())
                .boxed()
                .collect(Collectors.toSet());
    }

    /** No service names what is ordered. */
    private void share() {
        boolean isUnnamed = services.stream()
                .allMatch(service -> OrderedProcedure.of(service.entry()).isSilent());
        boolean isOne = services.size() == 1 && isUnnamed;
        if (isOne || steps.size() <= 1) {
            ofServices.set(0, steps);
        } else if (isUnnamed && services.size() == steps.size()) {
            for (int i = 0; i < services.size(); i++) {
                ofServices.set(i, List.of(steps.get(i)));
            }
        } else {
            throw refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    1,
                    "The order has %d procedures and AIS-3 names none of them, so nothing was moved; send the code of the ordered procedure (OBR-4)."
                            .formatted(steps.size()));
        }
    }

    /** Services that mean the same steps take them in their order. */
    private void part() {
        List<List<Candidate>> meant = List.copyOf(ofServices);
        for (int i = 0; i < meant.size(); i++) {
            List<Candidate> same = meant.get(i);
            int before = (int) meant.subList(0, i).stream().filter(same::equals).count();
            int peers = (int) meant.stream().filter(same::equals).count();
            if (same.isEmpty() || peers == 1) {
                continue;
            }
            if (peers < same.size()) {
                throw refusal(
                        OrderRefusedException.REQUIRED_FIELD_MISSING,
                        i + 1,
                        "%d services with this code are booked and %d such procedures ordered, so it cannot be told which is meant; send the appointment of each in a message of its own."
                                .formatted(peers, same.size()));
            }
            ofServices.set(i, before < same.size() ? List.of(same.get(before)) : List.of());
        }
    }

    private static OrderRefusedException refusal(int code, int service, String text) {
        return new OrderRefusedException(code, new OrderRefusedException.Location("AIS", service, SERVICE), text);
    }
}
