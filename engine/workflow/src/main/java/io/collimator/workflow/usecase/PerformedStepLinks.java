package io.collimator.workflow.usecase;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;

/** Ties performed steps that came before their order to the steps that the order has brought. */
@FunctionalInterface
public interface PerformedStepLinks {

    /**
     * Looks for performed steps that belong to the accession's scheduled steps and gives these their status. The
     * accession is saved and locked; its states are brought up to date by the caller afterwards.
     */
    void relink(Session session, AccessionNumber accession);
}
