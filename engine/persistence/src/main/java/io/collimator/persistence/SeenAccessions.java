package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction knows of accessions already and need not ask for again. Where an accession was not there when this
 * transaction looked, nothing in the store refers to it: who adds something to an accession adds its row first. Should
 * another transaction do so meanwhile, the rows collide on their key, and the one that comes second runs again.
 */
final class SeenAccessions {

    private final Set<AccessionNumber> absent = new HashSet<>();
    private final Set<AccessionNumber> added = new HashSet<>();
    private final Map<AccessionNumber, List<ScheduledStepEntity>> steps = new HashMap<>();
    private boolean performedTouched;

    void noteAbsent(AccessionNumber number) {
        absent.add(number);
    }

    boolean isAbsent(AccessionNumber number) {
        return absent.contains(number);
    }

    /** This transaction inserts it. */
    void noteAdded(AccessionNumber number) {
        absent.remove(number);
        added.add(number);
    }

    /** It is there by now; what was read of it before its lock counts no more. */
    void noteFound(AccessionNumber number) {
        if (absent.remove(number)) {
            steps.remove(number);
        }
    }

    /** Accessions have other numbers now. */
    void forget() {
        absent.clear();
        added.clear();
        steps.clear();
    }

    void noteLocked(AccessionNumber number) {
        steps.remove(number);
    }

    /** Whether the store has nothing of it but what this transaction brings. */
    boolean isNew(AccessionNumber number) {
        return absent.contains(number) || added.contains(number);
    }

    /** Its steps when they are known, those that this transaction added included; may be added to. */
    @Nullable
    List<ScheduledStepEntity> steps(AccessionNumber number) {
        return isNew(number) ? steps.computeIfAbsent(number, none -> new ArrayList<>()) : steps.get(number);
    }

    List<ScheduledStepEntity> noteSteps(AccessionNumber number, List<ScheduledStepEntity> read) {
        List<ScheduledStepEntity> known = new ArrayList<>(read);
        steps.put(number, known);
        return known;
    }

    /** This transaction changes what was performed or links it, so that even a new accession may have some. */
    void notePerformed() {
        performedTouched = true;
    }

    boolean isPerformedTouched() {
        return performedTouched;
    }

    /** Whether nothing can have been performed for it, and no commitment was asked. */
    boolean hasNothingPerformed(AccessionNumber number) {
        return !performedTouched && isNew(number);
    }
}
