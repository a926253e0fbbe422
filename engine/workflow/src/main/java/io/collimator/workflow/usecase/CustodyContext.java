package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.custody.CustodySettings;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.CommitmentPeers;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/** What the use cases of storage commitment stand on. */
public record CustodyContext(
        Transactions transactions,
        Clock clock,
        Identifiers identifiers,
        CommitmentPeers peers,
        CommitmentLinks links,
        Problems problems,
        CustodySettings settings) {

    /**
     * Where a request goes, by what is known now.
     *
     * @param accessions those that it is about; looked up only when who sent the orders decides
     */
    Optional<AeTitle> archiveFor(Session session, AeTitle requestor, Supplier<SortedSet<AccessionNumber>> accessions) {
        return peers.archiveFor(
                requestor,
                () -> accessions.get().stream().map(session.accessions()::sent).toList());
    }
}
