package io.collimator.dicom.net.association;

import java.util.concurrent.Executor;
import org.slf4j.MDC;

/** Runs tasks elsewhere with the association and the peer in the log context, keys {@code association} and {@code peer}. */
final class LabelledExecutor implements Executor {

    private final Executor executor;
    private final AssociationProfile profile;

    LabelledExecutor(Executor executor, AssociationProfile profile) {
        this.executor = executor;
        this.profile = profile;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> {
            try (MDC.MDCCloseable association = MDC.putCloseable("association", profile.id());
                    MDC.MDCCloseable peer =
                            MDC.putCloseable("peer", profile.peer().value())) {
                task.run();
            }
        });
    }
}
