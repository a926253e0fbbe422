package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every accession that one message may touch, locked in ascending order before the first rule looks at one. */
final class AccessionDrafts {

    private final Session session;
    private final SortedMap<AccessionNumber, AccessionDraft> drafts = new TreeMap<>();

    private AccessionDrafts(Session session) {
        this.session = session;
    }

    static AccessionDrafts lock(Session session, List<OrderGroup> groups) {
        NavigableSet<AccessionNumber> numbers = new TreeSet<>();
        for (OrderGroup group : groups) {
            accessionsOf(session, group).forEach(accession -> numbers.add(accession.number()));
            if (group.accession() != null) {
                numbers.add(group.accession());
            } else if (group.filler() != null) {
                AccessionNumber.parse(group.filler().number()).ifPresent(numbers::add);
            }
        }
        AccessionDrafts drafts = new AccessionDrafts(session);
        numbers.forEach(drafts::get);
        return drafts;
    }

    private static List<Accession> accessionsOf(Session session, OrderGroup group) {
        List<Accession> found = new ArrayList<>();
        if (group.filler() != null) {
            found.addAll(session.accessions().ofFiller(group.filler()));
        }
        if (group.placer() != null) {
            found.addAll(session.accessions().ofPlacer(group.placer()));
        }
        return found.stream().filter(group::isOrderOf).toList();
    }

    AccessionDraft get(AccessionNumber number) {
        @Nullable AccessionDraft known = drafts.get(number);
        if (known != null) {
            return known;
        }
        Optional<Accession> accession = session.accessions().lock(number);
        AccessionDraft draft = new AccessionDraft(
                number,
                accession.orElse(null),
                accession.isPresent() ? session.scheduledSteps().ofAccession(number) : List.of());
        drafts.put(number, draft);
        return draft;
    }

    /** The accessions of a group's order, those of earlier groups included. */
    List<AccessionDraft> ofOrder(OrderGroup group) {
        return drafts.values().stream()
                .filter(draft -> draft.current().filter(group::isOrderOf).isPresent())
                .toList();
    }

    List<AccessionDraft> all() {
        return List.copyOf(drafts.values());
    }
}
