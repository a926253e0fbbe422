package io.collimator.engine.console;

import io.collimator.engine.reload.MappingChanges;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AssignStation.Assignment;
import io.collimator.workflow.usecase.AssignStation.Result;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the console takes what it shows.
 *
 * @param accessions an accession by its number
 * @param transactions to read exceptions
 * @param worklist what modalities see
 * @param assignStation gives steps their station
 * @param peers the registered peers
 * @param metrics all of them, in the text format of Prometheus
 */
public record ConsoleSources(
        Function<AccessionNumber, Optional<AccessionView>> accessions,
        Transactions transactions,
        QueryWorklist worklist,
        Readiness readiness,
        Supplier<byte[]> metrics,
        MappingChanges mapping,
        Function<Assignment, Result> assignStation,
        PeerSources peers) {}
