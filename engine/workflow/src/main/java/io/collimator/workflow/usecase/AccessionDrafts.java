package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.Session;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every accession that one message may touch, locked in ascending order before the first rule looks at one. */
final class AccessionDrafts {

    private final Session session;
    private final SortedMap<AccessionNumber, AccessionDraft> drafts = new TreeMap<>();
    private final Map<List<@Nullable OrderNumber>, List<EarlyStop>> earlyStops = new HashMap<>();
    private final Set<EarlyStop> met = new HashSet<>();
    private final Map<AccessionNumber, MeantSteps> meant = new HashMap<>();
    private final List<OrderGroup> groups;
    private List<AccessionDraft> replaced = List.of();

    private AccessionDrafts(Session session, List<OrderGroup> groups) {
        this.session = session;
        this.groups = groups;
    }

    static AccessionDrafts lock(Session session, List<OrderGroup> groups) {
        NavigableSet<AccessionNumber> numbers = new TreeSet<>();
        for (OrderGroup group : groups) {
            accessionsOf(session, group).forEach(accession -> numbers.add(accession.number()));
            if (group.action() == OrderAction.REPLACEMENT && group.parent().isNamed()) {
                accessionsOf(session, group.parent().placer(), group.parent().filler())
                        .forEach(accession -> numbers.add(accession.number()));
            }
            group.newAccession().ifPresent(numbers::add);
        }
        AccessionDrafts drafts = new AccessionDrafts(session, groups);
        numbers.forEach(drafts::get);
        return drafts;
    }

    private static List<Accession> accessionsOf(Session session, OrderGroup group) {
        return accessionsOf(session, group.placer(), group.filler()).stream()
                .filter(group::isOrderOf)
                .toList();
    }

    private static List<Accession> accessionsOf(
            Session session, @Nullable OrderNumber placer, @Nullable OrderNumber filler) {
        return session.accessions().ofOrder(filler, placer);
    }

    AccessionDraft get(AccessionNumber number) {
        @Nullable AccessionDraft known = drafts.get(number);
        if (known != null) {
            return known;
        }
        AccessionDraft draft = session.accessions()
                .lock(number)
                .map(accession -> new AccessionDraft(
                        accession,
                        session.scheduledSteps().ofAccession(number),
                        new AccessionDraft.History(
                                session.accessions().lastWord(number, Subject.ORDER),
                                session.accessions().parent(number),
                                session.accessions().sent(number))))
                .orElseGet(() -> new AccessionDraft(number));
        drafts.put(number, draft);
        return draft;
    }

    /** The accessions of a group's order, those of earlier groups and those that it shares with siblings included. */
    List<AccessionDraft> ofOrder(OrderGroup group) {
        return drafts.values().stream().filter(draft -> isOfOrder(draft, group)).toList();
    }

    private static boolean isOfOrder(AccessionDraft draft, OrderGroup group) {
        return draft.ordered()
                .filter(accession ->
                        group.isOrderOf(accession) || draft.steps().stream().anyMatch(group::broughtStep))
                .isPresent();
    }

    /** The stored steps of the accession that the message's groups mean which name none. */
    MeantSteps meantSteps(AccessionDraft draft) {
        return meant.computeIfAbsent(
                draft.number(),
                number -> new MeantSteps(
                        draft,
                        groups.stream()
                                .filter(group -> group.action().bringsStep() && isFor(group, draft))
                                .toList()));
    }

    private boolean isFor(OrderGroup group, AccessionDraft draft) {
        AccessionNumber carried = group.accession();
        return draft.number().equals(carried)
                || ((carried == null || group.isAccessionTheFillerNumber()) && isOfOrder(draft, group));
    }

    List<AccessionDraft> all() {
        return List.copyOf(drafts.values());
    }

    int changes() {
        return drafts.values().stream().mapToInt(AccessionDraft::changes).sum();
    }

    /** Remembers what a group of the message has just replaced, for the replacement that follows. */
    void setReplaced(List<AccessionDraft> old) {
        replaced = List.copyOf(old);
    }

    /** What a replacement takes the place of: the order above it, else the one replaced last in the message. */
    List<AccessionDraft> replacedBy(OrderGroup group) {
        if (!group.parent().isNamed()) {
            return replaced;
        }
        return drafts.values().stream()
                .filter(draft ->
                        draft.ordered().filter(old -> isAbove(group, old)).isPresent())
                .toList();
    }

    private static boolean isAbove(OrderGroup group, Accession old) {
        OrderNumber filler = group.parent().filler();
        if (filler != null && old.filler() != null) {
            return filler.equals(old.filler());
        }
        OrderNumber placer = group.parent().placer();
        return placer != null && placer.equals(old.placer());
    }

    /** What the same sender said to stop the group's order before it was known, and not before the group was said. */
    Optional<EarlyStop> earlyStop(OrderGroup group, AccessionDraft draft, String stepId) {
        if (draft.wasOrderedBefore()) {
            return Optional.empty();
        }
        List<EarlyStop> meant = earlyStops
                .computeIfAbsent(
                        Arrays.asList(group.placer(), group.filler()),
                        numbers -> session.earlyStops().find(group.placer(), group.filler()))
                .stream()
                .filter(stop -> stop.word().sender().equals(group.word().sender()))
                .filter(stop -> group.isOrder(stop.placer(), stop.filler()))
                .filter(stop -> stop.accession() == null || stop.accession().mayBe(draft.number()))
                .filter(stop -> stop.stepId().isEmpty() || stop.stepId().equals(stepId))
                .toList();
        met.addAll(meant);
        return meant.stream()
                .filter(stop -> !group.word().isNewerThan(stop.word()))
                .findFirst();
    }

    /** Forgets the early stops whose order has come. */
    void forgetMet() {
        met.forEach(stop -> session.earlyStops().remove(stop));
    }
}
