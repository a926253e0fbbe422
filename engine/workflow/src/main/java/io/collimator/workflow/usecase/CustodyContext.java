package io.collimator.workflow.usecase;

import io.collimator.workflow.custody.CustodySettings;
import io.collimator.workflow.port.CommitmentPeers;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;

/** What the use cases of storage commitment stand on. */
public record CustodyContext(
        Transactions transactions,
        Clock clock,
        Identifiers identifiers,
        CommitmentPeers peers,
        CommitmentLinks links,
        Problems problems,
        CustodySettings settings) {}
