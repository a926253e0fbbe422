package io.collimator.workflow.port;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.order.SentFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the registry of peers says about commitment at this moment. */
public interface CommitmentPeers {

    /**
     * The archive that a request goes to; empty when it is none whose word may be trusted. A simulated one is trusted in the
     * demo only.
     *
     * @param orders what was sent with the orders that the request is about; asked for only when that decides
     */
    Optional<AeTitle> archiveFor(AeTitle requestor, Supplier<List<SentFields>> orders);

    /** Whether we know where to report to. */
    boolean canReportTo(AeTitle requestor);
}
