package io.collimator.engine.console;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.messaging.OutgoingMessages;
import io.collimator.engine.reload.MappingChanges;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AssignStation.Assignment;
import io.collimator.workflow.usecase.AssignStation.Result;
import io.collimator.workflow.usecase.CorrectPatients;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.usecase.RefillBroker;
import io.collimator.workflow.usecase.ViewAccession.Found;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where the console takes what it shows.
 *
 * @param accessions an accession by its number, and where several systems gave that, by its issuer
 * @param authorities the stored form of an authority that a person names
 * @param transactions to read exceptions
 * @param worklist what modalities see
 * @param assignStation gives steps their station
 * @param patients corrects patients' numbers
 * @param peers the registered peers
 * @param refill puts back what a lost broker had
 * @param logins slows whoever tries passwords
 * @param outgoing what waits to go out
 * @param metrics all of them, in the text format of Prometheus
 */
public record ConsoleSources(
        Function<AccessionReference, Found> accessions,
        UnaryOperator<AssigningAuthority> authorities,
        Transactions transactions,
        QueryWorklist worklist,
        Readiness readiness,
        Supplier<byte[]> metrics,
        MappingChanges mapping,
        Function<Assignment, Result> assignStation,
        CorrectPatients patients,
        PeerSources peers,
        Function<RefillBroker.Wish, RefillBroker.Answer> refill,
        LoginAttempts logins,
        OutgoingMessages outgoing) {}
