package io.collimator.engine.dispatch;

import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DimseException;
import org.jspecify.annotations.Nullable;

/** Why a peer could not be spoken to, in a sentence without patient data. */
final class Failure {

    private static final int MAX_DEPTH = 10;

    private Failure() {}

    static String reason(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof DimseException dimse) {
                return "answered " + dimse.status();
            }
            if (cause instanceof AssociationException association) {
                return String.valueOf(association.getMessage());
            }
            cause = cause.getCause();
        }
        // the text of a foreign exception may quote what it choked on
        return thrown.getClass().getSimpleName();
    }
}
