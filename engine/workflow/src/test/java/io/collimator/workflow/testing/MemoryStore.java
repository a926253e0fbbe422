package io.collimator.workflow.testing;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Accessions;
import io.collimator.workflow.port.Deliveries;
import io.collimator.workflow.port.EarlyStops;
import io.collimator.workflow.port.Exceptions;
import io.collimator.workflow.port.HeldMessages;
import io.collimator.workflow.port.MappingVersions;
import io.collimator.workflow.port.Outbox;
import io.collimator.workflow.port.ReceivedMessages;
import io.collimator.workflow.port.Retention;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Timeline;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.EntryReader;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistPage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every repository in memory, for tests of rules. One thread; a transaction that throws is not rolled back. */
public final class MemoryStore extends Transactions implements Session {

    private final Clock clock;
    private final Map<AccessionNumber, Accession> accessions = new TreeMap<>();
    private final Map<String, LastWord> words = new TreeMap<>();
    private final Map<AccessionNumber, OrderedStep.ParentOrder> parents = new TreeMap<>();
    private final Map<AccessionNumber, SentFields> sent = new TreeMap<>();
    private final List<EarlyStop> earlyStops = new ArrayList<>();
    private final List<ScheduledStep> steps = new ArrayList<>();
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private final List<ExceptionRecord> exceptions = new ArrayList<>();
    private final Map<String, UUID> goingOn = new TreeMap<>();
    private final List<TimelineEntry> timeline = new ArrayList<>();
    private final List<OutboxMessage> outbox = new ArrayList<>();
    private final MemoryPatients patients = new MemoryPatients(accessions);
    private final MemoryResults results = new MemoryResults();
    private final MemoryPerformedSteps performedSteps;
    private final MemoryCommitments commitments;
    private long stepNumber;

    public MemoryStore(Clock clock) {
        this.clock = clock;
        this.performedSteps = new MemoryPerformedSteps(accessions, steps);
        this.commitments = new MemoryCommitments(performedSteps);
    }

    /** Every notice so far, as the type of its message. */
    public List<String> noticeTypes() {
        return outbox.stream().map(OutboxMessage::eventType).toList();
    }

    public List<String> timelineKinds(String accession) {
        return timeline.stream()
                .filter(entry -> entry.accession().value().equals(accession))
                .map(TimelineEntry::kind)
                .toList();
    }

    public List<ReceivedMessage> received() {
        return List.copyOf(messages);
    }

    public List<ExceptionRecord> raised() {
        return List.copyOf(exceptions);
    }

    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        return committed(work.apply(this), clock.instant());
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return work.apply(this);
    }

    @Override
    public MemoryPatients patients() {
        return patients;
    }

    @Override
    public MemoryResults results() {
        return results;
    }

    @Override
    public Accessions accessions() {
        return new Accessions() {
            @Override
            public Optional<Accession> find(AccessionNumber number) {
                return Optional.ofNullable(accessions.get(number));
            }

            @Override
            public SortedSet<String> issuers() {
                throw new UnsupportedOperationException("Only a store has these.");
            }

            @Override
            public List<AccessionNumber> ofIssuers(Collection<String> issuers) {
                throw new UnsupportedOperationException("Only a store has these.");
            }

            @Override
            public void rename(AccessionNumber from, AccessionNumber to) {
                throw new UnsupportedOperationException("Only a store has these.");
            }

            @Override
            public List<Accession> ofNumber(String number) {
                return where(accession -> accession.number().value().equals(number));
            }

            @Override
            public Optional<Accession> lock(AccessionNumber number) {
                return find(number);
            }

            @Override
            public List<Accession> ofFiller(OrderNumber filler) {
                return where(accession -> filler.equals(accession.filler()));
            }

            @Override
            public List<Accession> ofPlacer(OrderNumber placer) {
                return where(accession -> placer.equals(accession.placer()));
            }

            @Override
            public List<Accession> ofStudy(Uid studyInstanceUid) {
                return where(accession -> studyInstanceUid.equals(accession.studyInstanceUid()));
            }

            @Override
            public Optional<LastWord> lastWord(AccessionNumber number, Subject subject) {
                return Optional.ofNullable(words.get(number.key() + " " + subject));
            }

            @Override
            public void heard(AccessionNumber number, Subject subject, LastWord word) {
                words.put(number.key() + " " + subject, word);
            }

            @Override
            public Optional<OrderedStep.ParentOrder> parent(AccessionNumber number) {
                return Optional.ofNullable(parents.get(number));
            }

            @Override
            public void adopt(AccessionNumber number, OrderedStep.ParentOrder parent) {
                parents.put(number, parent);
            }

            @Override
            public SentFields sent(AccessionNumber number) {
                return sent.getOrDefault(number, SentFields.NONE);
            }

            @Override
            public void keep(AccessionNumber number, SentFields fields) {
                sent.put(number, fields);
            }

            @Override
            public Optional<Instant> forgottenAt(AccessionNumber number) {
                return Optional.empty();
            }

            @Override
            public List<Accession> ofPatientId(String patientId) {
                return where(accession -> accession.patient().id().id().equals(patientId));
            }

            @Override
            public void save(Accession accession) {
                accessions.put(accession.number(), accession);
            }

            private List<Accession> where(Predicate<Accession> test) {
                return accessions.values().stream().filter(test).toList();
            }
        };
    }

    @Override
    public ScheduledSteps scheduledSteps() {
        return new ScheduledSteps() {
            @Override
            public List<ScheduledStep> ofAccession(AccessionNumber accession) {
                return steps.stream()
                        .filter(step -> step.accession().equals(accession))
                        .sorted(Comparator.comparingInt(ScheduledStep::ordinal))
                        .toList();
            }

            @Override
            public List<ScheduledStep> ofStudy(Uid studyInstanceUid) {
                return steps.stream()
                        .filter(step ->
                                step.dataSet().text(Tags.StudyInstanceUID).equals(studyInstanceUid.value()))
                        .toList();
            }

            @Override
            public void save(ScheduledStep step) {
                steps.removeIf(known -> known.accession().equals(step.accession())
                        && known.stepId().equals(step.stepId()));
                steps.add(step);
            }

            @Override
            public void find(WorklistFilter filter, EntryReader reader) {
                for (ScheduledStep step : page(filter, null, steps.size() + 1).steps()) {
                    if (reader.isCancelled() || !reader.take(step::entry)) {
                        return;
                    }
                }
            }

            @Override
            public long countHidden(WorklistFilter filter) {
                return 0;
            }

            @Override
            public WorklistPage page(WorklistFilter filter, WorklistPage.Position after, int size) {
                return new WorklistPage(
                        steps.stream()
                                .filter(step -> filter.statuses().contains(step.status()))
                                .toList(),
                        Optional.empty());
            }

            @Override
            public WorklistPage withoutStation(WorklistPage.Position after, int size) {
                return new WorklistPage(
                        steps.stream()
                                .filter(step -> step.status().isOpen())
                                .filter(step -> !step.dataSet()
                                        .item(Tags.ScheduledProcedureStepSequence)
                                        .hasValue(Tags.ScheduledStationAETitle))
                                .toList(),
                        Optional.empty());
            }

            @Override
            public long nextStepNumber() {
                return ++stepNumber;
            }
        };
    }

    @Override
    public MemoryPerformedSteps performedSteps() {
        return performedSteps;
    }

    @Override
    public MemoryCommitments commitments() {
        return commitments;
    }

    @Override
    public MappingVersions mappingVersions() {
        throw new UnsupportedOperationException("No rule of the workflow asks for versions of the mapping.");
    }

    @Override
    public Retention retention() {
        throw new UnsupportedOperationException("Only a store forgets.");
    }

    @Override
    public ReceivedMessages receivedMessages() {
        return new ReceivedMessages() {
            @Override
            public Repetition judge(ReceivedMessage.Key key, Instant since) {
                List<ReceivedMessage.Key> accepted = messages.stream()
                        .filter(message -> message.acknowledgement().equals("AA")
                                && !message.receivedAt().isBefore(since))
                        .map(ReceivedMessage::key)
                        .filter(known -> known.sender().equals(key.sender()))
                        .toList();
                if (accepted.contains(key)) {
                    return Repetition.SAME_MESSAGE;
                }
                if (accepted.stream().anyMatch(known -> known.controlId().equals(key.controlId()))) {
                    return Repetition.SAME_CONTROL_ID;
                }
                return accepted.stream().anyMatch(known -> known.digest().equals(key.digest()))
                        ? Repetition.SAME_CONTENT
                        : Repetition.NONE;
            }

            @Override
            public void add(ReceivedMessage message) {
                messages.add(message);
            }

            @Override
            public List<ReceivedMessage> latest(int max) {
                List<ReceivedMessage> newestFirst = new ArrayList<>(messages);
                Collections.reverse(newestFirst);
                return newestFirst.stream().limit(max).toList();
            }

            @Override
            public int removeBefore(Instant time, int max) {
                int before = messages.size();
                messages.removeIf(message -> message.receivedAt().isBefore(time));
                return before - messages.size();
            }
        };
    }

    @Override
    public EarlyStops earlyStops() {
        return new EarlyStops() {
            @Override
            public void add(EarlyStop stop) {
                earlyStops.add(stop);
            }

            @Override
            public List<EarlyStop> find(OrderNumber placer, OrderNumber filler) {
                return earlyStops.stream()
                        .filter(stop -> (filler != null && filler.equals(stop.filler()))
                                || (placer != null && placer.equals(stop.placer())))
                        .toList();
            }

            @Override
            public void remove(EarlyStop stop) {
                earlyStops.remove(stop);
            }

            @Override
            public int removeBefore(Instant time, int max) {
                int before = earlyStops.size();
                earlyStops.removeIf(stop -> stop.receivedAt().isBefore(time));
                return before - earlyStops.size();
            }
        };
    }

    @Override
    public Exceptions exceptions() {
        return new Exceptions() {
            @Override
            public void add(ExceptionRecord exception) {
                exceptions.add(exception);
            }

            @Override
            public Optional<ExceptionRecord> find(UUID id) {
                return exceptions.stream()
                        .filter(exception -> exception.id().equals(id))
                        .findFirst();
            }

            @Override
            public List<ExceptionRecord> list(UUID after, int limit) {
                return exceptions.stream().limit(limit).toList();
            }

            @Override
            public Set<String> goingOn(String prefix) {
                return goingOn.keySet().stream()
                        .filter(cause -> cause.startsWith(prefix))
                        .collect(Collectors.toSet());
            }

            @Override
            public void goesOn(String cause, UUID exception) {
                goingOn.put(cause, exception);
            }

            @Override
            public boolean close(String cause, Instant at) {
                return goingOn.remove(cause) != null;
            }
        };
    }

    @Override
    public Timeline timeline() {
        return new Timeline() {
            @Override
            public void add(TimelineEntry entry) {
                timeline.add(entry);
            }

            @Override
            public List<TimelineEntry> of(AccessionNumber accession) {
                return timeline.stream()
                        .filter(entry -> entry.accession().equals(accession))
                        .toList();
            }
        };
    }

    @Override
    public HeldMessages heldMessages() {
        throw new UnsupportedOperationException("asked of a database only");
    }

    @Override
    public Deliveries deliveries() {
        throw new UnsupportedOperationException("only a database keeps them");
    }

    @Override
    public Outbox outbox() {
        return new Outbox() {
            @Override
            public void add(OutboxMessage message) {
                outbox.add(message);
            }

            @Override
            public List<OutboxMessage> pending(int max) {
                return outbox.stream().limit(max).toList();
            }

            @Override
            public void markSent(Collection<UUID> ids, Instant at) {
                outbox.removeIf(message -> ids.contains(message.id()));
            }

            @Override
            public long countPending() {
                return outbox.size();
            }
        };
    }
}
