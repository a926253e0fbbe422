package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import java.io.IOException;
import org.slf4j.MDC;

/**
 * Puts an association and its peer into the log context, keys {@code association} and {@code peer}.
 *
 * @param id of the association
 */
record LogLabels(String id, AeTitle peer) {

    /** May read the peer's data set. */
    @FunctionalInterface
    interface Task {

        void run() throws IOException;
    }

    void run(Task task) throws IOException {
        try (MDC.MDCCloseable associationLabel = MDC.putCloseable("association", id);
                MDC.MDCCloseable peerLabel = MDC.putCloseable("peer", peer.value())) {
            task.run();
        }
    }
}
