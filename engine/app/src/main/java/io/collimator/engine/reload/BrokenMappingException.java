package io.collimator.engine.reload;

import io.collimator.mapping.MappingProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Files that may not run as a mapping; names every finding at once. */
public final class BrokenMappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<MappingProblem> findings;

    BrokenMappingException(List<MappingProblem> findings) {
        super(findings.stream().map(MappingProblem::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public List<MappingProblem> findings() {
        return findings;
    }
}
