package io.collimator.workflow.testing;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveTransaction;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.custody.InstanceWord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.ArchiveAsks;
import io.collimator.workflow.port.Commitments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Commitments in memory. */
public final class MemoryCommitments implements Commitments {

    private final MemoryPerformedSteps performed;
    private final Map<UUID, CommitmentRequest> requests = new LinkedHashMap<>();
    private final Map<UUID, Map<Uid, CommitmentItem>> items = new LinkedHashMap<>();
    private final Map<Uid, InstanceWord> words = new LinkedHashMap<>();
    private final Set<String> links = new HashSet<>();
    private final Asks asks = new Asks();

    MemoryCommitments(MemoryPerformedSteps performed) {
        this.performed = performed;
    }

    @Override
    public InstanceCounts counts(AccessionNumber accession) {
        Set<Uid> expected = new HashSet<>(performed.listedBy(accession));
        Set<Uid> listedAnywhere = performed.listed();
        requestsOf(accession)
                .forEach(request -> items.get(request.id()).keySet().stream()
                        .filter(uid -> !listedAnywhere.contains(uid))
                        .forEach(expected::add));
        long committed = expected.stream()
                .filter(uid -> words.containsKey(uid) && words.get(uid).committed())
                .count();
        long failed = expected.stream()
                .filter(uid -> words.containsKey(uid) && !words.get(uid).committed())
                .count();
        return new InstanceCounts(expected.size(), (int) committed, (int) failed);
    }

    @Override
    public ArchiveAsks asks() {
        return asks;
    }

    @Override
    public Optional<CommitmentRequest> findActive(AeTitle requestor, Uid transaction) {
        return requests.values().stream()
                .filter(request -> request.isActive()
                        && request.requestor().equals(requestor)
                        && request.transaction().equals(transaction))
                .findFirst();
    }

    @Override
    public Optional<CommitmentRequest> lock(UUID id) {
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public void add(CommitmentRequest request, List<CommitmentItem> added) {
        requests.put(request.id(), request);
        items.put(request.id(), new LinkedHashMap<>());
        updateItems(request.id(), added);
    }

    @Override
    public void update(CommitmentRequest request) {
        requests.put(request.id(), request);
    }

    @Override
    public List<CommitmentItem> items(UUID request) {
        return List.copyOf(items.get(request).values());
    }

    @Override
    public List<CommitmentItem> items(UUID request, int batch) {
        return items(request).stream().filter(item -> item.batch() == batch).toList();
    }

    @Override
    public void updateItems(UUID request, Collection<CommitmentItem> changed) {
        changed.forEach(item -> items.get(request).put(item.instance().sopInstance(), item));
    }

    @Override
    public boolean hasOpenItems(UUID request) {
        return items(request).stream().anyMatch(CommitmentItem::isOpen);
    }

    @Override
    public void record(Collection<InstanceWord> heard) {
        heard.forEach(word -> words.put(word.sopInstance(), word));
    }

    @Override
    public List<UUID> reportsDue(Instant now, int max, Set<AeTitle> without) {
        return requests.values().stream()
                .filter(request -> !without.contains(request.requestor()))
                .filter(request -> request.state() == CommitmentRequest.State.REPORT_DUE)
                .filter(request -> !request.nextReportAt().isAfter(now))
                .limit(max)
                .map(CommitmentRequest::id)
                .toList();
    }

    @Override
    public List<UUID> unchecked(Instant receivedBefore, int max) {
        return requests.values().stream()
                .filter(request ->
                        !request.matchChecked() && request.receivedAt().isBefore(receivedBefore))
                .limit(max)
                .map(CommitmentRequest::id)
                .toList();
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOf(UUID request) {
        SortedSet<AccessionNumber> found = new TreeSet<>();
        performed.accessions().stream()
                .filter(accession -> requestsOf(accession).contains(requests.get(request)))
                .forEach(found::add);
        return found;
    }

    @Override
    public SortedSet<AccessionNumber> accessionsOf(Uid instance) {
        SortedSet<AccessionNumber> found = new TreeSet<>();
        performed.accessions().stream()
                .filter(accession -> performed.listedBy(accession).contains(instance))
                .forEach(found::add);
        return found;
    }

    @Override
    public boolean link(UUID request, AccessionNumber accession) {
        return links.add(accession + " " + request);
    }

    @Override
    public List<CommitmentRequest> linkAll(AccessionNumber accession) {
        return requestsOf(accession).stream()
                .filter(request -> link(request.id(), accession))
                .toList();
    }

    private List<CommitmentRequest> requestsOf(AccessionNumber accession) {
        Set<Uid> listed = performed.listedBy(accession);
        return requests.values().stream()
                .filter(request -> items.get(request.id()).keySet().stream().anyMatch(listed::contains))
                .toList();
    }

    private static final class Asks implements ArchiveAsks {

        private final List<ArchiveAsk> asks = new ArrayList<>();
        private final Map<Uid, ArchiveTransaction> transactions = new LinkedHashMap<>();

        @Override
        public List<ArchiveAsk> due(Instant now, int max, Set<AeTitle> without) {
            return asks.stream()
                    .filter(ask -> ask.isDue(now))
                    .filter(ask -> ask.archive() == null || !without.contains(ask.archive()))
                    .sorted(Comparator.comparing(ArchiveAsk::nextAt).thenComparing(ArchiveAsk::batch))
                    .limit(max)
                    .toList();
        }

        @Override
        public long countUntaken(AeTitle archive) {
            return asks.stream()
                    .filter(ask -> ask.archive() == null || ask.archive().equals(archive))
                    .filter(ask -> ask.state() == ArchiveAsk.State.DUE || ask.state() == ArchiveAsk.State.SENDING)
                    .count();
        }

        @Override
        public void forgetArchives() {
            asks.replaceAll(ask -> new ArchiveAsk(
                    ask.request(),
                    ask.batch(),
                    ask.state(),
                    ask.nextAt(),
                    ask.attempts(),
                    ask.rounds(),
                    ask.transaction(),
                    null));
        }

        @Override
        public Optional<ArchiveAsk> find(UUID request, int batch) {
            return asks.stream()
                    .filter(ask -> ask.request().equals(request) && ask.batch() == batch)
                    .findFirst();
        }

        @Override
        public void save(ArchiveAsk ask) {
            asks.removeIf(known -> known.request().equals(ask.request()) && known.batch() == ask.batch());
            asks.add(ask);
        }

        @Override
        public Optional<ArchiveTransaction> findTransaction(Uid transaction) {
            return Optional.ofNullable(transactions.get(transaction));
        }

        @Override
        public void save(ArchiveTransaction transaction) {
            transactions.put(transaction.transaction(), transaction);
        }
    }
}
