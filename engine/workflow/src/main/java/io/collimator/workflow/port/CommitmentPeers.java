package io.collimator.workflow.port;

import io.collimator.dicom.data.AeTitle;
import java.util.Optional;

/** What the registry of peers says about commitment at this moment. */
public interface CommitmentPeers {

    /**
     * The archive that requests go to; empty when none is configured whose word may be trusted. A simulated one is trusted
     * in the demo only.
     */
    Optional<AeTitle> archive();

    /** Whether we know where to report to. */
    boolean canReportTo(AeTitle requestor);
}
