package io.collimator.workflow.testing;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Results;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultProgress;
import io.collimator.workflow.result.StoredResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Results in memory. */
public final class MemoryResults implements Results {

    private final SortedMap<ResultLine, ResultProgress> lines = new TreeMap<>();
    private final List<StoredResult> results = new ArrayList<>();

    MemoryResults() {}

    @Override
    public SortedMap<ResultLine, ResultProgress> lock(SortedSet<ResultLine> asked) {
        SortedMap<ResultLine, ResultProgress> known = new TreeMap<>(lines);
        known.keySet().retainAll(asked);
        return known;
    }

    @Override
    public void advance(Map<ResultLine, ResultProgress> advanced, Instant now) {
        lines.putAll(advanced);
    }

    @Override
    public void add(StoredResult result) {
        results.add(result);
    }

    @Override
    public List<StoredResult> ofControlId(String sender, String controlId) {
        return results.stream()
                .filter(result ->
                        result.sender().equals(sender) && result.controlId().equals(controlId))
                .toList();
    }

    @Override
    public void movePatient(PatientId prior, PatientId survivor) {
        results.replaceAll(result -> prior.equals(result.patient())
                ? new StoredResult(
                        result.sender(),
                        result.controlId(),
                        result.receivedAt(),
                        result.result(),
                        result.accession(),
                        survivor,
                        result.forwarded())
                : result);
    }
}
