package io.collimator.workflow.usecase;

import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import java.time.Instant;
import java.util.List;

/** Remembers what stops an order before the order comes, once for each message that says so. */
final class EarlyStopKeeping {

    private final Identifiers identifiers;

    EarlyStopKeeping(Identifiers identifiers) {
        this.identifiers = identifiers;
    }

    void remember(Session session, List<OrderGroup> groups, Instant receivedAt) {
        AccessionDrafts drafts = AccessionDrafts.lock(session, groups);
        for (OrderGroup group : groups) {
            if (group.action().stopsOrder() && drafts.ofOrder(group).isEmpty()) {
                remember(session, group, receivedAt);
            }
        }
    }

    private void remember(Session session, OrderGroup group, Instant receivedAt) {
        EarlyStop stop = new EarlyStop(
                identifiers.newId(),
                group.placer(),
                group.filler(),
                group.isAccessionTheFillerNumber() ? null : group.accession(),
                group.stepId(),
                group.control(),
                group.word(),
                receivedAt);
        boolean known = session.earlyStops().find(group.placer(), group.filler()).stream()
                .anyMatch(other ->
                        other.word().equals(stop.word()) && other.stepId().equals(stop.stepId()));
        if (!known) {
            session.earlyStops().add(stop);
        }
    }

    /** Forgets what was remembered for orders that turned out to be known. */
    static void forget(Session session, AccessionDrafts drafts, List<OrderGroup> groups) {
        for (OrderGroup group : groups) {
            if (group.action().stopsOrder() && !drafts.ofOrder(group).isEmpty()) {
                session.earlyStops().find(group.placer(), group.filler()).stream()
                        .filter(stop -> stop.word().equals(group.word()))
                        .forEach(stop -> session.earlyStops().remove(stop));
            }
        }
    }
}
