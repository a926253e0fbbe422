package io.collimator.dicom.operation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstances;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the sub-operations of one C-MOVE or C-GET stand. Confined to the thread that performs them. */
final class RetrieveProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveProgress.class);
    private static final int MAX_COUNT = 0xFFFF;

    private final Operation operation;
    private final Answers answers;
    private final StoredInstances instances;
    private final List<Uid> failedInstances = new ArrayList<>();
    private int completed;
    private int failed;
    private int warning;
    private boolean ended;
    private @Nullable DimseStatus failure;

    RetrieveProgress(Operation operation, Answers answers, StoredInstances instances) {
        this.operation = operation;
        this.answers = answers;
        this.instances = instances;
    }

    /** Whether there is anything more to send, and it is still wanted. */
    boolean hasNext() {
        try {
            return !ended && !operation.isCancelled() && instances.hasNext();
        } catch (DimseException e) {
            endWith(e.status());
            return false;
        }
    }

    /** Sends instance after instance until there is none or nobody wants them any more. */
    void perform(Function<StoredInstance, DimseStatus> sending) {
        while (hasNext()) {
            try {
                StoredInstance instance = instances.next();
                count(instance, status(instance, sending));
            } catch (DimseException e) {
                endWith(e.status());
            }
            if (!ended && !operation.isCancelled() && counts().remaining() > 0) {
                answers.retrieve(operation, DimseStatus.PENDING, counts(), List.of());
            }
        }
    }

    /** None of what is left can be sent. */
    void failAll(String comment) {
        perform(instance -> DimseStatus.of(Statuses.SUB_OPERATIONS_NOT_PERFORMED));
        if (completed + warning == 0 && failed > 0) {
            endWith(DimseStatus.of(Statuses.SUB_OPERATIONS_NOT_PERFORMED, comment));
        }
    }

    private void endWith(DimseStatus status) {
        ended = true;
        failure = status;
    }

    private static DimseStatus status(StoredInstance instance, Function<StoredInstance, DimseStatus> sending) {
        try {
            return sending.apply(instance);
        } catch (AssociationException | UncheckedIOException e) {
            LOG.info("Instance {} could not be sent: {}", instance.sopInstance(), e.getMessage());
            return DimseStatus.of(Statuses.PROCESSING_FAILURE);
        }
    }

    private void count(StoredInstance instance, DimseStatus status) {
        if (status.isSuccess()) {
            completed++;
        } else if (status.isWarning()) {
            warning++;
        } else {
            failed++;
            failedInstances.add(instance.sopInstance());
        }
    }

    private SubOperations counts() {
        int remaining = Math.max(0, instances.total() - completed - failed - warning);
        return new SubOperations(capped(remaining), capped(completed), capped(failed), capped(warning));
    }

    private static int capped(int count) {
        return Math.min(MAX_COUNT, count);
    }

    /** Gives the final response. */
    void answer() {
        answers.retrieve(operation, finalStatus(), counts(), failedInstances);
    }

    private DimseStatus finalStatus() {
        DimseStatus known = failure;
        if (known != null) {
            return known;
        } else if (operation.isCancelled()) {
            return DimseStatus.CANCEL;
        } else if (failed > 0 && completed + warning == 0) {
            return DimseStatus.of(Statuses.SUB_OPERATIONS_NOT_PERFORMED, "No instance could be sent");
        } else if (failed + warning > 0) {
            return DimseStatus.of(Statuses.SUB_OPERATIONS_WITH_FAILURES);
        }
        return DimseStatus.SUCCESS;
    }
}
