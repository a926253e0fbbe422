package io.collimator.workflow.testing;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.port.PerformedSteps;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Performed steps in memory. */
public final class MemoryPerformedSteps implements PerformedSteps {

    private final Map<AccessionNumber, Accession> accessions;
    private final List<ScheduledStep> scheduled;
    private final Map<Uid, PerformedStep> steps = new LinkedHashMap<>();
    private final Map<Uid, Set<Uid>> instances = new LinkedHashMap<>();

    MemoryPerformedSteps(Map<AccessionNumber, Accession> accessions, List<ScheduledStep> scheduled) {
        this.accessions = accessions;
        this.scheduled = scheduled;
    }

    @Override
    public Optional<PerformedStep> find(Uid sopInstance) {
        return Optional.ofNullable(steps.get(sopInstance));
    }

    @Override
    public Optional<PerformedStep> findRepeated(String repeatKey) {
        return steps.values().stream()
                .filter(step -> repeatKey.equals(step.repeatKey()))
                .findFirst();
    }

    @Override
    public void save(PerformedStep step) {
        steps.put(step.sopInstance(), step);
    }

    @Override
    public void replaceInstances(Uid sopInstance, Collection<Uid> listed) {
        instances.put(sopInstance, new LinkedHashSet<>(listed));
    }

    @Override
    public List<PerformedLink> linksOf(AccessionNumber accession) {
        return steps.values().stream()
                .flatMap(step -> step.items().stream()
                        .filter(item -> accession.equals(item.accession()))
                        .map(item -> new PerformedLink(step.sopInstance(), item.scheduledStepId(), step.status())))
                .toList();
    }

    @Override
    public List<PerformedStep> unscheduledFor(AccessionNumber accession, Collection<Uid> studies) {
        return steps.values().stream()
                .filter(step -> step.items().stream()
                        .anyMatch(item -> item.scheduledStepId() == null
                                && item.link() != Link.WITHDRAWN
                                && ((item.keys().accession() != null
                                                && item.keys().accession().mayBe(accession))
                                        || studies.contains(item.keys().study()))))
                .toList();
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOfStudy(Uid study) {
        SortedSet<AccessionNumber> found = new TreeSet<>();
        accessions.values().stream()
                .filter(accession -> study.equals(accession.studyInstanceUid()))
                .forEach(accession -> found.add(accession.number()));
        scheduled.stream()
                .filter(step -> step.dataSet().text(Tags.StudyInstanceUID).equals(study.value()))
                .forEach(step -> found.add(step.accession()));
        return found;
    }

    /** What some performed step lists. */
    Set<Uid> listed() {
        return instances.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }

    /** What the performed steps of an accession list. */
    Set<Uid> listedBy(AccessionNumber accession) {
        Set<Uid> listed = new LinkedHashSet<>();
        linksOf(accession).forEach(link -> listed.addAll(instances.getOrDefault(link.performedStep(), Set.of())));
        return listed;
    }

    Set<AccessionNumber> accessions() {
        return accessions.keySet();
    }
}
