package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.dimse.SubOperations;
import java.util.function.Consumer;

/**
 * A C-FIND, C-MOVE or C-GET of ours.
 *
 * @param identifier the keys
 * @param progress told the counters of each pending response of a C-MOVE or C-GET, on the thread that asked
 * @param cancel ends it early
 */
public record Query(
        Uid sopClass, DataSet identifier, Priority priority, Consumer<SubOperations> progress, CancelSignal cancel) {

    /** With medium priority, nobody told of the progress, and a signal of its own. */
    public static Query of(Uid sopClass, DataSet identifier) {
        return new Query(sopClass, identifier, Priority.MEDIUM, counts -> {}, new CancelSignal());
    }

    public Query withPriority(Priority other) {
        return new Query(sopClass, identifier, other, progress, cancel);
    }

    public Query tellingProgress(Consumer<SubOperations> listener) {
        return new Query(sopClass, identifier, priority, listener, cancel);
    }

    public Query cancelledBy(CancelSignal signal) {
        return new Query(sopClass, identifier, priority, progress, signal);
    }
}
