package io.collimator.engine.console;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the console takes what it shows.
 *
 * @param accessions an accession by its number
 * @param transactions to read exceptions
 */
public record ConsoleSources(
        Function<AccessionNumber, Optional<AccessionView>> accessions,
        Transactions transactions,
        Readiness readiness) {}
